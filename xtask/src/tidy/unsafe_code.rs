//! `unsafe` is forbidden by the workspace's lint, which every member inherits.

use super::finding::Finding;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let root = parse(tree, "Cargo.toml");
    let lint = at(&root, &["workspace", "lints", "rust", "unsafe_code"]);
    let level = lint.and_then(|lint| lint.get("level").unwrap_or(lint).as_str());
    if level != Some("forbid") {
        findings.push(Finding::at_line(
            "Cargo.toml",
            tree.line_of("Cargo.toml", "unsafe_code"),
            "the workspace doesn't forbid `unsafe`",
            "write `unsafe_code = \"forbid\"` under [workspace.lints.rust]",
        ));
    }
    for package in &tree.packages {
        let manifest = parse(tree, &package.manifest);
        let inherits = at(&manifest, &["lints", "workspace"]).and_then(toml::Value::as_bool);
        if inherits != Some(true) {
            findings.push(Finding::at_line(
                &package.manifest,
                tree.line_of(&package.manifest, "[lints"),
                format!("`{}` doesn't inherit the workspace's lints", package.name),
                "add `[lints]` with `workspace = true`",
            ));
        }
    }
    findings
}

fn parse(tree: &Tree, path: &str) -> toml::Table {
    let text = tree.text(path).unwrap_or_default();
    text.parse().unwrap_or_default()
}

/// The value under nested keys.
fn at<'a>(table: &'a toml::Table, keys: &[&str]) -> Option<&'a toml::Value> {
    let (first, rest) = keys.split_first()?;
    let mut value = table.get(*first)?;
    for key in rest {
        value = value.get(*key)?;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::super::tree::Package;
    use super::*;

    fn causes(root: &str, member: &str) -> usize {
        let member_package = Package {
            name: "a".to_owned(),
            manifest: "crates/a/Cargo.toml".to_owned(),
            dependencies: Vec::new(),
        };
        let tree = Tree::of(&[("Cargo.toml", root), ("crates/a/Cargo.toml", member)])
            .with_packages(vec![member_package]);
        check(&tree).len()
    }

    #[test]
    fn unsafe_is_forbidden_and_the_lint_inherited() {
        let root = "[workspace.lints.rust]\nunsafe_code = \"forbid\"\n";
        assert_eq!(causes(root, "[lints]\nworkspace = true\n"), 0);
        assert_eq!(causes(root, "[package]\nname = \"a\"\n"), 1);
        let weaker = "[workspace.lints.rust]\nunsafe_code = { level = \"deny\" }\n";
        assert_eq!(causes(weaker, "lints.workspace = true\n"), 1);
    }
}
