//! Nothing temporary is left behind: no macro that stands for missing code, no note to self.

use super::finding::Finding;
use super::tree::Tree;

/// Macros that stand for missing code or print debugging output.
const MACROS: [&str; 3] = ["dbg", "todo", "unimplemented"];

/// Words that authors use to mark unfinished work.
const NOTES: [&str; 2] = ["FIXME", "XXX"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust_files() {
        for pair in file.tokens().windows(2) {
            let name = pair[0].name().filter(|name| MACROS.contains(name));
            if let Some(name) = name.filter(|_| pair[1].is('!')) {
                findings.push(Finding::at_line(
                    file.path,
                    pair[0].line,
                    format!("`{name}!` was left behind"),
                    "write what is missing, or remove it",
                ));
            }
        }
        for (index, line) in file.without_literals().lines().enumerate() {
            let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            if let Some(note) = words.find(|word| NOTES.contains(word)) {
                findings.push(Finding::at_line(
                    file.path,
                    index + 1,
                    format!("a note was left behind: {note}"),
                    "do what it says, or explain in a sentence why things are this way",
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Option<u32>> {
        let findings = check(&Tree::of(&[("crates/a/src/a.rs", text)]));
        findings.into_iter().map(|one| one.at.line).collect()
    }

    #[test]
    fn macros_and_notes_are_found() {
        assert_eq!(lines("fn f() {\n    todo!()\n}\n"), [Some(2)]);
        assert_eq!(lines("fn f() {}\n\n// FIXME: later\n"), [Some(3)]);
        assert_eq!(lines("/// XXX\nfn f() { dbg!(1); }\n"), [Some(2), Some(1)]);
    }

    #[test]
    fn mentioning_them_is_not_a_leftover() {
        assert!(
            lines("/// A `todo!()` was reached.\nconst X: &str = \"todo!() FIXME\";\n").is_empty()
        );
        assert!(
            lines("fn todo() { let todo = \"WRXXXX\"; assert_ne!(todo, r#\"XXX\"#); }\n")
                .is_empty()
        );
    }
}
