//! Writes the tables that `anatomy` reads: facts from other projects, with the source and its version in each file.
//!
//! The sources are packages from the public indexes, fetched with their ordinary clients: `pip` for the stable ABI, the
//! manylinux policies and the symbols of glibc, `cargo` for what each PyO3 supports. Only facts are taken (a symbol, a
//! version), not code.

mod glibc_symbols;
mod packages;
mod pyo3_pythons;
mod release_choices;
mod stable_abi;
mod supported_tags;
mod wheel_policies;

use std::io;
use std::path::{Path, PathBuf};

/// Where the tables of the program and of its tests are, relative to the workspace's root.
const DATA: &str = "crates/anatomy/data";
const TEST_DATA: &str = "crates/anatomy/tests/data";

/// Writes every table, and returns the files whose contents changed; empty if everything was up to date.
///
/// # Errors
///
/// If `pip`, `python3` or `cargo` fail, with their message; usually because the index can't be reached.
pub(crate) fn tables(root: &Path) -> io::Result<Vec<PathBuf>> {
    let scratch = packages::Scratch::new()?;
    let tables = [
        (DATA, "glibc_symbols.txt", glibc_symbols::table(&scratch)?),
        (DATA, "stable_abi.txt", stable_abi::table(&scratch)?),
        (DATA, "wheel_policies.txt", wheel_policies::table(&scratch)?),
        (DATA, "pyo3_pythons.txt", pyo3_pythons::table(&scratch)?),
        (
            TEST_DATA,
            "supported_tags.txt",
            supported_tags::table(&scratch)?,
        ),
        (
            TEST_DATA,
            "release_choices.txt",
            release_choices::table(&scratch)?,
        ),
    ];
    let mut changed = Vec::new();
    for (directory, name, text) in tables {
        let path = root.join(directory).join(name);
        if std::fs::read_to_string(&path).ok().as_deref() != Some(&text) {
            std::fs::write(&path, text)?;
            changed.push(path);
        }
    }
    Ok(changed)
}
