//! Dependencies point one way, and crates without I/O stay that way.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::finding::Finding;
use super::tree::{Kind, Package, Tree};

/// Which workspace crates each crate may depend on, tests aside.
const ALLOWED: [(&str, &[&str]); 10] = [
    ("wr-diagnostic", &[]),
    ("wr-anatomy", &["wr-diagnostic"]),
    ("wr-course", &["wr-diagnostic"]),
    ("wr-environments", &["wr-anatomy", "wr-diagnostic"]),
    (
        "wr-engine",
        &[
            "wr-anatomy",
            "wr-course",
            "wr-diagnostic",
            "wr-environments",
        ],
    ),
    ("wr-livebook", &[]),
    ("wr-author", &["wr-course", "wr-diagnostic", "wr-engine"]),
    (
        "testkit",
        &["wr-anatomy", "wr-course", "wr-diagnostic", "wr-engine"],
    ),
    (
        "wr",
        &[
            "wr-anatomy",
            "wr-author",
            "wr-course",
            "wr-diagnostic",
            "wr-engine",
            "wr-environments",
            "wr-livebook",
        ],
    ),
    (
        "xtask",
        // It records what compilers say about the tests' own cases.
        &[
            "wr-anatomy",
            "wr-author",
            "wr-course",
            "wr-diagnostic",
            "wr-engine",
            "testkit",
        ],
    ),
];

/// The crates that only see bytes and values.
const WITHOUT_IO: [&str; 2] = ["wr-anatomy", "wr-diagnostic"];

/// Crates whose own dependencies aren't followed: we only use them to read bytes, and their other abilities come from
/// the lock file, which combines all systems and features.
const NOT_FOLLOWED: [&str; 1] = ["zip"];

/// Crates that act on the outside world: files, processes, the network, the terminal, or a Python interpreter.
const ACTING: [&str; 38] = [
    "async-std",
    "cap-std",
    "command-group",
    "console",
    "crossterm",
    "curl",
    "directories",
    "dirs",
    "duct",
    "etcetera",
    "fs-err",
    "fs4",
    "glob",
    "home",
    "hyper",
    "ignore",
    "isahc",
    "memmap2",
    "mio",
    "nix",
    "notify",
    "pyo3",
    "pyo3-ffi",
    "reqwest",
    "rusqlite",
    "rustix",
    "signal-hook",
    "smol",
    "socket2",
    "subprocess",
    "sysinfo",
    "tempfile",
    "tokio",
    "ureq",
    "walkdir",
    "which",
    "windows-sys",
    "xshell",
];

const HERE: &str = "xtask/src/tidy/dependencies.rs";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let members: BTreeSet<&str> = tree.packages.iter().map(|one| one.name.as_str()).collect();
    for package in &tree.packages {
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == package.name) else {
            findings.push(Finding::in_file(
                &package.manifest,
                format!(
                    "the crate `{}` is missing from the order of dependencies",
                    package.name
                ),
                format!("add a line to `ALLOWED` in {HERE}, and one to ARCHITECTURE.md"),
            ));
            continue;
        };
        for (name, kind) in &package.dependencies {
            if !members.contains(name.as_str()) {
                continue;
            }
            if let Some((cause, next)) = fault(package, name, *kind, allowed) {
                let line = line_of_dependency(tree, package, name);
                findings.push(Finding::at_line(&package.manifest, line, cause, next));
            }
        }
    }
    let locked = locked(tree);
    for package in &tree.packages {
        if WITHOUT_IO.contains(&package.name.as_str()) {
            findings.extend(acting(tree, package, &locked));
        }
    }
    findings
}

/// What is wrong with depending on a workspace crate, and what to do about it.
fn fault(package: &Package, name: &str, kind: Kind, allowed: &[&str]) -> Option<(String, String)> {
    let from = &package.name;
    if name == "wr" {
        return Some((
            format!("`{from}` depends on `wr`, which nothing may"),
            "move shared code to the crate that owns the concept".to_owned(),
        ));
    }
    match kind {
        Kind::Development => None,
        Kind::Normal if name == "testkit" && !allowed.contains(&name) => Some((
            format!("`{from}` depends on `testkit` outside its tests"),
            "move the line to [dev-dependencies]".to_owned(),
        )),
        Kind::Normal if allowed.contains(&name) => None,
        Kind::Normal => Some((
            format!("`{from}` depends on `{name}`, against the direction of dependencies"),
            format!(
                "move the shared code to a crate that both can use; the order is in ARCHITECTURE.md and {HERE}"
            ),
        )),
    }
}

/// The crates that a crate can reach that act on the outside world, and the path to each.
fn acting(tree: &Tree, package: &Package, locked: &BTreeMap<String, Vec<String>>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    let mut queue: VecDeque<Vec<&str>> = package
        .dependencies
        .iter()
        .filter(|(_, kind)| *kind == Kind::Normal)
        .map(|(name, _)| vec![name.as_str()])
        .collect();
    while let Some(way) = queue.pop_front() {
        let (first, last) = (way[0], way[way.len() - 1]);
        if !seen.insert(last) {
            continue;
        }
        if ACTING.contains(&last) {
            let line = line_of_dependency(tree, package, first);
            findings.push(Finding::at_line(
                &package.manifest,
                line,
                format!(
                    "`{}` takes bytes and returns values, and this brings in `{last}`: {} -> {}",
                    package.name,
                    package.name,
                    way.join(" -> ")
                ),
                "remove that crate or feature; anything that acts on the outside world belongs in `engine`",
            ));
            continue;
        }
        // The lock file doesn't separate a member's test dependencies from the rest, so each member is checked by its
        // manifest.
        if tree.packages.iter().any(|member| member.name == last) || NOT_FOLLOWED.contains(&last) {
            continue;
        }
        for next in locked.get(last).into_iter().flatten() {
            let mut longer = way.clone();
            longer.push(next);
            queue.push_back(longer);
        }
    }
    findings
}

/// What each package in the lock file depends on, by name. All versions of a package count as one.
fn locked(tree: &Tree) -> BTreeMap<String, Vec<String>> {
    let mut locked: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let lock = tree.text("Cargo.lock").unwrap_or_default();
    let lock: toml::Table = lock.parse().unwrap_or_default();
    let packages = lock.get("package").and_then(toml::Value::as_array);
    for package in packages.into_iter().flatten() {
        let Some(name) = package.get("name").and_then(toml::Value::as_str) else {
            continue;
        };
        let dependencies = package.get("dependencies").and_then(toml::Value::as_array);
        let names = dependencies
            .into_iter()
            .flatten()
            .filter_map(toml::Value::as_str)
            .filter_map(|text| text.split(' ').next())
            .map(str::to_owned);
        locked.entry(name.to_owned()).or_default().extend(names);
    }
    locked
}

/// The line that declares a dependency.
fn line_of_dependency(tree: &Tree, package: &Package, name: &str) -> usize {
    let mut lines = tree.text(&package.manifest).unwrap_or_default().lines();
    let begins = |line: &str| {
        line.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with([' ', '.', '=']))
    };
    lines.position(begins).map_or(1, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, dependencies: &[(&str, Kind)]) -> Package {
        Package {
            name: name.to_owned(),
            manifest: format!("crates/{name}/Cargo.toml"),
            dependencies: dependencies
                .iter()
                .map(|(name, kind)| ((*name).to_owned(), *kind))
                .collect(),
        }
    }

    fn causes(packages: Vec<Package>, lock: &str) -> Vec<String> {
        let tree = Tree::of(&[("Cargo.lock", lock)]).with_packages(packages);
        check(&tree).into_iter().map(|one| one.cause).collect()
    }

    #[test]
    fn downward_dependencies_are_fine() {
        let packages = vec![
            package("wr-diagnostic", &[]),
            package("testkit", &[]),
            package(
                "wr-anatomy",
                &[
                    ("wr-diagnostic", Kind::Normal),
                    ("testkit", Kind::Development),
                ],
            ),
        ];
        assert!(causes(packages, "").is_empty());
    }

    #[test]
    fn upward_dependencies_are_found() {
        let packages = vec![
            package("wr-engine", &[("testkit", Kind::Normal)]),
            package("testkit", &[]),
            package("wr-course", &[("wr-engine", Kind::Normal)]),
            package("wr", &[]),
            package("xtask", &[("wr", Kind::Development)]),
        ];
        assert_eq!(
            causes(packages, ""),
            [
                "`wr-engine` depends on `testkit` outside its tests",
                "`wr-course` depends on `wr-engine`, against the direction of dependencies",
                "`xtask` depends on `wr`, which nothing may",
            ]
        );
    }

    #[test]
    fn a_new_crate_needs_a_place() {
        assert_eq!(causes(vec![package("new", &[])], "").len(), 1);
    }

    #[test]
    fn an_acting_crate_is_found_behind_another() {
        let lock = r#"
            [[package]]
            name = "object"
            dependencies = ["memmap2 0.9.0"]
        "#;
        let packages = vec![package(
            "wr-anatomy",
            &[("object", Kind::Normal), ("tempfile", Kind::Development)],
        )];
        let causes = causes(packages, lock);
        assert_eq!(causes.len(), 1);
        assert!(
            causes[0].ends_with("anatomy -> object -> memmap2"),
            "{}",
            causes[0]
        );
    }
}
