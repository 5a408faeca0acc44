//! The files in a directory and in those above it that decide how tools work there.

use std::path::{Path, PathBuf};

use course::{CONFTEST, PYTEST_SETTINGS};

/// Where cargo and rustup look for what holds in a directory (cargo book, "Configuration" and "Workspaces"; rustup book,
/// "Overrides").
pub(crate) fn cargo_files(dir: &Path) -> impl Iterator<Item = PathBuf> {
    above(
        dir,
        &[
            "Cargo.toml",
            "Cargo.lock",
            "rust-toolchain",
            "rust-toolchain.toml",
            ".cargo/config.toml",
            ".cargo/config",
        ],
    )
}

/// Where pytest looks for its configuration (pytest's documentation, "Configuration").
pub(crate) fn pytest_files(dir: &Path) -> impl Iterator<Item = PathBuf> {
    above(dir, &PYTEST_SETTINGS).chain(above(dir, &["pyproject.toml"]))
}

/// The files of code that pytest loads by themselves, from the root of its configuration down to the tests.
pub(crate) fn conftests(dir: &Path) -> impl Iterator<Item = PathBuf> {
    above(dir, &[CONFTEST])
}

fn above(dir: &Path, names: &'static [&'static str]) -> impl Iterator<Item = PathBuf> {
    dir.ancestors()
        .flat_map(move |dir| names.iter().map(move |name| dir.join(name)))
}
