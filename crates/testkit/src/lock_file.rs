//! The lock file of a fixture that uses PyO3: the versions of the course itself, which are downloaded already and compiled
//! once for all fixtures.

const OF_THE_COURSE: &str = include_str!("../../../exercises/Cargo.lock");

/// The lock file of a package that depends on PyO3 alone, as cargo itself would write it: one that cargo has to rewrite is a
/// file that changes by being built.
pub(crate) fn with_pyo3(package: &str) -> String {
    let (heading, blocks) = OF_THE_COURSE
        .split_once("\n[[package]]\n")
        .expect("the course has packages");
    let own = format!("name = \"{package}\"\nversion = \"0.1.0\"\ndependencies = [\n \"pyo3\",\n]");
    // The course's own packages have no source.
    let mut blocks: Vec<&str> = blocks
        .split("\n[[package]]\n")
        .map(str::trim_end)
        .filter(|block| block.contains("\nsource = "))
        .chain([&*own])
        .collect();
    blocks.sort_unstable();
    let blocks = blocks.join("\n\n[[package]]\n");
    format!("{heading}\n[[package]]\n{blocks}\n")
}
