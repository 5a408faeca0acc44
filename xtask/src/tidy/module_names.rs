//! A file is named after its one concept. A name that fits everything means nothing.

use super::finding::Finding;
use super::tree::Tree;

const EMPTY_NAMES: [&str; 8] = [
    "common",
    "helper",
    "helpers",
    "misc",
    "stuff",
    "util",
    "utilities",
    "utils",
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust_files() {
        let mut parts = file.path.split('/');
        let named = parts.find(|part| {
            let stem = part.strip_suffix(".rs").unwrap_or(part);
            EMPTY_NAMES.contains(&stem)
        });
        if let Some(name) = named {
            findings.push(Finding::in_file(
                file.path,
                format!("`{name}` isn't a concept"),
                "name the file after the one thing it contains, or move its parts to where they belong",
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_folders_name_a_concept() {
        let tree = Tree::of(&[
            ("crates/a/src/utils.rs", ""),
            ("crates/a/src/common_name.rs", ""),
            ("crates/a/tests/common/mod.rs", ""),
        ]);
        let found: Vec<_> = check(&tree).into_iter().map(|one| one.at.file).collect();
        assert_eq!(
            found,
            ["crates/a/src/utils.rs", "crates/a/tests/common/mod.rs"]
        );
    }
}
