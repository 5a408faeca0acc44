//! `anatomy` and `diagnostic` take values and return values: their sources use nothing from the standard library that
//! goes beyond that. Tests may.

use super::finding::Finding;
use super::tree::Tree;

const SOURCES: [&str; 2] = ["crates/anatomy/src/", "crates/diagnostic/src/"];

/// The parts of the standard library that act on the outside world or depend on it.
const REACHING: [&str; 9] = [
    "std::env",
    "std::fs",
    "std::net",
    "std::os",
    "std::path",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust_files() {
        if !SOURCES.iter().any(|folder| file.path.starts_with(folder)) {
            continue;
        }
        for (path, line) in file.paths_from("std") {
            if REACHING.iter().any(|part| is_below(&path, part)) {
                findings.push(Finding::at_line(
                    file.path,
                    line,
                    format!("`{path}` in a crate that takes bytes and returns values"),
                    "let the caller in `engine` or `wr` do it, and take what it finds as an argument",
                ));
            }
        }
    }
    findings
}

fn is_below(path: &str, part: &str) -> bool {
    path.strip_prefix(part)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outside_access_is_found_with_its_line() {
        let tree = Tree::of(&[
            (
                "crates/anatomy/src/a.rs",
                "//! A.\nuse std::{fmt, path::Path};\n",
            ),
            (
                "crates/anatomy/src/b.rs",
                "fn f() -> u8 { let _ = std::fs::read(\"x\"); 0 }",
            ),
            (
                "crates/anatomy/src/c.rs",
                "//! Not std::fs.\nuse std::process_like;",
            ),
            ("crates/anatomy/tests/real.rs", "use std::fs;"),
            ("crates/engine/src/lib.rs", "use std::path::Path;"),
        ]);
        let found: Vec<_> = check(&tree).iter().map(|one| one.at.to_string()).collect();
        assert_eq!(
            found,
            ["crates/anatomy/src/a.rs:2", "crates/anatomy/src/b.rs:1"]
        );
    }
}
