//! Every Rust file starts with `//!` and says what it's for.

use super::finding::Finding;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust_files()
        .filter(|file| {
            let first = file.text.lines().next().unwrap_or_default();
            first.trim_start_matches("//!").trim().is_empty() || !first.starts_with("//!")
        })
        .map(|file| {
            Finding::at_line(
                file.path,
                1,
                "the file doesn't start with `//!`",
                "say what the file is for in one sentence, on its first line",
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_says_what_it_is_for() {
        let tree = Tree::of(&[
            ("crates/a/src/a.rs", "//! What it is for.\n"),
            ("crates/a/src/b.rs", "use std::fmt;\n//! Too late.\n"),
            ("crates/a/src/c.rs", ""),
            ("crates/a/tests/d.rs", "//!\n"),
            ("exercises/01_a/01_b/src/lib.rs", "fn f() {}"),
        ]);
        let found: Vec<_> = check(&tree).into_iter().map(|one| one.at.file).collect();
        assert_eq!(
            found,
            [
                "crates/a/src/b.rs",
                "crates/a/src/c.rs",
                "crates/a/tests/d.rs"
            ]
        );
    }
}
