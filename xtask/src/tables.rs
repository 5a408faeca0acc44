//! Writes the tables that `anatomy` reads: facts of others, each file naming its source and the source's version.
//!
//! The sources are packages of the public indexes, fetched by their ordinary clients: `pip` for the stable ABI, the
//! manylinux policies and the symbols of glibc, `cargo` for what each PyO3 supports. Facts are taken (a symbol, a version), not code.

mod glibc_symbols;
mod packages;
mod pyo3_pythons;
mod stable_abi;
mod wheel_policies;

use std::io;
use std::path::{Path, PathBuf};

/// Where the tables lie, from the workspace's root.
const DATA: &str = "crates/anatomy/data";

/// Writes every table below the workspace's root, and returns the files whose text changed: none when all were fresh.
///
/// # Errors
///
/// When `pip`, `python3` or `cargo` fail, with what they said; most often because the index cannot be reached.
pub(crate) fn tables(root: &Path) -> io::Result<Vec<PathBuf>> {
    let scratch = packages::Scratch::new()?;
    let tables = [
        ("glibc_symbols.txt", glibc_symbols::table(&scratch)?),
        ("stable_abi.txt", stable_abi::table(&scratch)?),
        ("wheel_policies.txt", wheel_policies::table(&scratch)?),
        ("pyo3_pythons.txt", pyo3_pythons::table(&scratch)?),
    ];
    let mut changed = Vec::new();
    for (name, text) in tables {
        let path = root.join(DATA).join(name);
        if std::fs::read_to_string(&path).ok().as_deref() != Some(&text) {
            std::fs::write(&path, text)?;
            changed.push(path);
        }
    }
    Ok(changed)
}
