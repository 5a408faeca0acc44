//! The lock file of a fixture that uses PyO3. It has the course's own versions, which are already downloaded and
//! compiled once for all fixtures.

const OF_THE_COURSE: &str = include_str!("../../../exercises/Cargo.lock");

/// The lock file of a package that only depends on PyO3, exactly as cargo would write it: if cargo had to rewrite it,
/// building would change a file.
pub(crate) fn with_pyo3(package: &str) -> String {
    let (heading, blocks) = OF_THE_COURSE
        .split_once("\n[[package]]\n")
        .expect("the course has packages");
    let own = format!("name = \"{package}\"\nversion = \"0.1.0\"\ndependencies = [\n \"pyo3\",\n]");
    let plain: Vec<String> = blocks
        .split("\n[[package]]\n")
        .map(|block| without_extras(block.trim_end()))
        .collect();
    let all: Vec<&str> = plain.iter().map(String::as_str).collect();
    let mut needed = vec![&*own];
    let mut next = 0;
    while next < needed.len() {
        for name in dependencies(needed[next]) {
            let found = all.iter().find(|block| is_named(block, name));
            let block = found.expect("a lock file holds what its packages depend on");
            if !needed.contains(block) {
                needed.push(block);
            }
        }
        next += 1;
    }
    needed.sort_unstable();
    // With one version of each package, cargo names none.
    let blocks: Vec<String> = needed.iter().map(|block| without_versions(block)).collect();
    let blocks = blocks.join("\n\n[[package]]\n");
    format!("{heading}\n[[package]]\n{blocks}\n")
}

/// What PyO3 depends on without its optional features, some of which the course turns on.
const OF_PYO3: [&str; 6] = [
    "libc",
    "once_cell",
    "portable-atomic",
    "pyo3-build-config",
    "pyo3-ffi",
    "pyo3-macros",
];

/// A package's block without what only optional features need.
fn without_extras(block: &str) -> String {
    if !is_of(block, "pyo3") {
        return block.to_owned();
    }
    let is_kept = |line: &&str| {
        let dependency = line
            .strip_prefix(" \"")
            .and_then(|rest| rest.split('"').next());
        dependency.is_none_or(|name| OF_PYO3.contains(&name))
    };
    block.lines().filter(is_kept).collect::<Vec<_>>().join("\n")
}

/// Whether a block is of a dependency: a name, perhaps with a version.
fn is_named(block: &str, dependency: &str) -> bool {
    match dependency.split_once(' ') {
        Some((name, version)) => {
            block.starts_with(&format!("name = \"{name}\"\nversion = \"{version}\"\n"))
        }
        None => is_of(block, dependency),
    }
}

fn without_versions(block: &str) -> String {
    let plain = |line: &str| match line
        .strip_prefix(" \"")
        .and_then(|rest| rest.split_once(' '))
    {
        Some((name, _)) => format!(" \"{name}\","),
        None => line.to_owned(),
    };
    block.lines().map(plain).collect::<Vec<_>>().join("\n")
}

fn is_of(block: &str, name: &str) -> bool {
    block.starts_with(&format!("name = \"{name}\"\n"))
}

/// A package's dependencies: their names, with a version if the lock file has several of that name.
fn dependencies(block: &str) -> impl Iterator<Item = &str> {
    block
        .lines()
        .filter_map(|line| line.strip_prefix(" \"")?.split('"').next())
}
