//! The crates below `wr` have a `clippy.toml` that bans what they must not do. Such a file replaces the root's, so it
//! has to repeat the root's keys.

use super::finding::Finding;
use super::tree::Tree;

/// The crates with their own bans.
const CRATES: [&str; 7] = [
    "anatomy",
    "author",
    "course",
    "diagnostic",
    "engine",
    "environments",
    "livebook",
];

/// What none of them may call.
const BANNED: [&str; 4] = [
    "std::env::current_dir",
    "std::env::var",
    "std::process::Command::new",
    "std::process::exit",
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let root = parse(tree, "clippy.toml").unwrap_or_default();
    let mut findings = Vec::new();
    for name in CRATES {
        if !tree.has(&format!("crates/{name}")) {
            continue;
        }
        let path = format!("crates/{name}/clippy.toml");
        let Some(own) = parse(tree, &path) else {
            findings.push(Finding::in_file(
                &path,
                "missing, or not TOML: this crate's bans check its invariant",
                "write it like the other crates' files",
            ));
            continue;
        };
        for key in root.keys().filter(|key| !own.contains_key(*key)) {
            findings.push(Finding::in_file(
                &path,
                format!(
                    "`{key}` from the root's clippy.toml is not repeated, so it doesn't apply here"
                ),
                "copy the key from the root's clippy.toml",
            ));
        }
        let banned = banned(&own);
        for method in BANNED.iter().filter(|method| !banned.contains(method)) {
            findings.push(Finding::at_line(
                &path,
                tree.line_of(&path, "disallowed-methods"),
                format!("`{method}` is not banned"),
                "add it to `disallowed-methods` with the reason",
            ));
        }
    }
    findings
}

fn parse(tree: &Tree, path: &str) -> Option<toml::Table> {
    tree.text(path)?.parse().ok()
}

/// The methods that a `clippy.toml` bans.
fn banned(file: &toml::Table) -> Vec<&str> {
    let list = file
        .get("disallowed-methods")
        .and_then(toml::Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(|item| item.get("path").or(Some(item))?.as_str())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_without_bans_is_found() {
        let tree = Tree::of(&[("crates/anatomy/src/lib.rs", "")]);
        assert_eq!(check(&tree).len(), 1);
    }

    #[test]
    fn keys_are_repeated_and_bans_are_complete() {
        let tree = Tree::of(&[
            ("clippy.toml", "allow-unwrap-in-tests = true"),
            (
                "crates/course/clippy.toml",
                r#"disallowed-methods = [
                    { path = "std::env::var", reason = "r" },
                    "std::env::current_dir",
                    { path = "std::process::exit", reason = "r" },
                ]"#,
            ),
        ]);
        let causes: Vec<_> = check(&tree).into_iter().map(|one| one.cause).collect();
        assert_eq!(causes.len(), 2);
        assert!(causes[0].contains("allow-unwrap-in-tests"));
        assert!(causes[1].contains("Command::new"));
    }
}
