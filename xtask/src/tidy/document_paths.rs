//! The documents in the root only mention files that exist, and ARCHITECTURE.md mentions every crate.

use super::finding::Finding;
use super::tree::Tree;

const MAP: &str = "ARCHITECTURE.md";
const DOCUMENTS: [&str; 3] = [MAP, "CONTRIBUTING.md", "README.md"];

/// How a repository path starts.
const ROOTS: [&str; 7] = [
    ".ci/",
    "book/",
    "crates/",
    "docs/",
    "exercises/",
    "solutions/",
    "xtask/",
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in DOCUMENTS {
        let Some(text) = tree.text(document) else {
            findings.push(Finding::in_file(
                document,
                "the file is missing",
                "write it: newcomers look for it",
            ));
            continue;
        };
        for (path, line) in paths(text) {
            if !tree.has(path) {
                findings.push(Finding::at_line(
                    document,
                    line,
                    format!("`{path}` does not exist"),
                    "update the path, or remove it",
                ));
            }
        }
    }
    findings.extend(unnamed_crates(tree));
    findings
}

/// Crates that the map doesn't mention.
fn unnamed_crates(tree: &Tree) -> Vec<Finding> {
    let Some(map) = tree.text(MAP) else {
        return Vec::new();
    };
    let named: Vec<&str> = paths(map)
        .into_iter()
        .map(|(path, _)| path.trim_end_matches('/'))
        .collect();
    let mut findings = Vec::new();
    for name in tree.folders_in("crates") {
        let path = format!("crates/{name}");
        if !named.contains(&path.as_str()) {
            findings.push(Finding::in_file(
                MAP,
                format!("the crate `{path}` is not mentioned"),
                format!("add a line with `{path}` that says what it's for"),
            ));
        }
    }
    findings
}

/// The repository paths in backticks, with their lines. Patterns such as `book/src/NN_chapter` and code blocks don't
/// count.
fn paths(text: &str) -> Vec<(&str, usize)> {
    let mut paths = Vec::new();
    let mut in_block = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
            continue;
        }
        if in_block {
            continue;
        }
        let spans = line.split('`').skip(1).step_by(2);
        let is_pattern =
            |span: &&str| span.contains(['*', '<', '…', '{', ' ']) || span.contains("NN_");
        for span in spans.filter(|span| !is_pattern(span)) {
            let path = span.split(':').next().unwrap_or(span);
            if ROOTS.iter().any(|root| path.starts_with(root)) {
                paths.push((path, index + 1));
            }
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_in_backticks_count() {
        let text = "See `crates/a/src/x.rs:3` and `cargo test`, crates/b.\n```\n`crates/c`\n```\n`crates/*/src` `exercises/NN_c/NN_n` `xtask/`";
        assert_eq!(paths(text), [("crates/a/src/x.rs", 1), ("xtask/", 5)]);
    }

    #[test]
    fn mentioned_paths_exist_and_crates_are_mentioned() {
        let tree = Tree::of(&[
            (MAP, "`crates/a` and\n`crates/gone/`"),
            ("CONTRIBUTING.md", "`.ci/run`"),
            ("README.md", ""),
            (".ci/run", ""),
            ("crates/a/src/lib.rs", ""),
            ("crates/new/src/lib.rs", ""),
        ]);
        let found: Vec<_> = check(&tree)
            .into_iter()
            .map(|one| format!("{}: {}", one.at, one.cause))
            .collect();
        assert_eq!(
            found,
            [
                "ARCHITECTURE.md:2: `crates/gone/` does not exist",
                "ARCHITECTURE.md: the crate `crates/new` is not mentioned",
            ]
        );
    }
}
