//! The lock file of a fixture that uses PyO3: the versions of the course itself, which are downloaded already and compiled
//! once for all fixtures.

const OF_THE_COURSE: &str = include_str!("../../../exercises/Cargo.lock");

/// The lock file of a package that depends on PyO3 alone.
pub(crate) fn with_pyo3(package: &str) -> String {
    let mut blocks = OF_THE_COURSE.split("\n[[package]]\n");
    let mut text = blocks.next().unwrap_or_default().to_owned();
    // The course's own packages have no source.
    for block in blocks.filter(|block| block.contains("\nsource = ")) {
        text.push_str("\n[[package]]\n");
        text.push_str(block);
    }
    text.push_str(&format!(
        "\n[[package]]\nname = \"{package}\"\nversion = \"0.1.0\"\ndependencies = [\n \"pyo3\",\n]\n"
    ));
    text
}
