//! Nothing is left that was meant to go: no macro that stands for missing code, no note to oneself.

use super::finding::Finding;
use super::tree::Tree;

/// Macros that stand for missing code, or print for their author's eyes.
const MACROS: [&str; 3] = ["dbg", "todo", "unimplemented"];

/// Words by which an author notes what is still to be done.
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
                    format!("`{name}!` is left over"),
                    "write what is missing, or take it out",
                ));
            }
        }
        for (index, line) in file.without_literals().lines().enumerate() {
            let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            if let Some(note) = words.find(|word| NOTES.contains(word)) {
                findings.push(Finding::at_line(
                    file.path,
                    index + 1,
                    format!("a note is left over: {note}"),
                    "do what it says, or say as a sentence why it is so",
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
    fn to_speak_of_them_is_no_leftover() {
        assert!(
            lines("/// A `todo!()` was reached.\nconst X: &str = \"todo!() FIXME\";\n").is_empty()
        );
        assert!(
            lines("fn todo() { let todo = \"WRXXXX\"; assert_ne!(todo, r#\"XXX\"#); }\n")
                .is_empty()
        );
    }
}
