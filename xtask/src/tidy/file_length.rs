//! A file of three hundred lines deserves a look, and one of five hundred needs a reason.

use super::finding::Finding;
use super::tree::Tree;

const WORTH_A_LOOK: usize = 300;
const NEEDS_A_REASON: usize = 500;

/// How a file explains its length, in one of its first lines.
const REASON: &str = "tidy: long because ";
const FIRST_LINES: usize = 10;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust_files() {
        let lines = file.text.lines().count();
        let cause = format!("the file has {lines} lines");
        if lines > NEEDS_A_REASON {
            let mut first = file.text.lines().take(FIRST_LINES);
            if !first.any(|line| line.contains(REASON)) {
                findings.push(Finding::in_file(
                    file.path,
                    cause,
                    format!("split it by concept, or write `// {REASON}…` among its first {FIRST_LINES} lines"),
                ));
            }
        } else if lines > WORTH_A_LOOK {
            let next = "check whether it contains two concepts";
            findings.push(Finding::in_file(file.path, cause, next).advice());
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::finding::Weight;
    use super::*;

    fn weight(opening: &str, lines: usize) -> Option<Weight> {
        let text = opening.to_owned() + &"\n".repeat(lines);
        let findings = check(&Tree::of(&[("crates/a/src/a.rs", &text)]));
        findings.first().map(|finding| finding.weight)
    }

    #[test]
    fn length_is_graded() {
        assert_eq!(weight("", 300), None);
        assert_eq!(weight("", 301), Some(Weight::Advice));
        assert_eq!(weight("", 500), Some(Weight::Advice));
        assert_eq!(weight("", 501), Some(Weight::Error));
        assert_eq!(weight("// tidy: long because it is a table\n", 900), None);
    }
}
