//! Writes the table of symbols that each version of `CPython` exports, from the interpreters' own files.
//!
//! No package has this information: only the programs reveal the symbols outside the stable ABI. Files are read, and
//! none is run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::str::FromStr;

use anatomy::{Expectation, PythonVersion};
use anyhow::{Context as _, bail, ensure};
use clap::Args;

use crate::tidy;

const TABLE: &str = "crates/anatomy/data/python_exports.txt";

/// A real interpreter has far more.
const FEWEST: usize = 1000;

#[derive(Debug, Args)]
pub(crate) struct Exports {
    /// For each version, the file with its C API: the program, or its libpython if it's linked with one; ordinary Linux
    /// builds, with no version missing in between
    #[arg(required = true, value_name = "VERSION=FILE")]
    interpreters: Vec<Interpreter>,
}

#[derive(Debug, Clone)]
struct Interpreter {
    version: PythonVersion,
    file: PathBuf,
}

impl FromStr for Interpreter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (version, file) = text
            .split_once('=')
            .ok_or("it should be a version and a file, as in 3.12=/usr/bin/python3.12")?;
        Ok(Self {
            version: PythonVersion::parse(version)
                .ok_or_else(|| format!("`{version}` isn't a version such as 3.12"))?,
            file: file.into(),
        })
    }
}

pub(crate) fn run(exports: &Exports) -> anyhow::Result<bool> {
    let mut by_symbol: BTreeMap<String, BTreeSet<u8>> = BTreeMap::new();
    let mut versions = BTreeSet::new();
    for Interpreter { version, file } in &exports.interpreters {
        let bytes =
            std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let inspection = anatomy::inspect(&bytes, &Expectation::new())
            .with_context(|| format!("{} isn't an interpreter", file.display()))?;
        let symbols: Vec<String> = inspection
            .facts
            .images
            .into_iter()
            .flat_map(|image| image.python_exports)
            .collect();
        ensure!(
            symbols.len() >= FEWEST,
            "{} exports {} symbols of Python: name the libpython it's linked with",
            file.display(),
            symbols.len()
        );
        for symbol in symbols {
            by_symbol.entry(symbol).or_default().insert(version.minor);
        }
        versions.insert(version.minor);
    }
    let all = ranges(&versions);
    if all.contains(' ') {
        bail!("there is a gap in the versions {all}");
    }
    let rows: String = by_symbol
        .iter()
        .map(|(symbol, versions)| format!("{symbol} {}\n", ranges(versions)))
        .collect();
    let text = format!(
        "# The symbols that CPython exports, whether they belong to the stable ABI or not, and the versions that do.\n\
         # Written by `cargo xtask exports`; do not edit.\n\
         # source: the dynamic symbols of CPython's ordinary builds for Linux on x86_64\n\
         # versions: {all}\n\
         {rows}"
    );
    let path = tidy::workspace_root()?.join(TABLE);
    std::fs::write(&path, text)?;
    println!("{} has {} symbols", path.display(), by_symbol.len());
    Ok(true)
}

/// `3.7-3.9 3.11` for these minor versions.
fn ranges(minors: &BTreeSet<u8>) -> String {
    let mut runs: Vec<(u8, u8)> = Vec::new();
    for minor in minors {
        match runs.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*minor) => *last = *minor,
            _ => runs.push((*minor, *minor)),
        }
    }
    let texts: Vec<String> = runs
        .iter()
        .map(|(first, last)| {
            if first == last {
                format!("3.{first}")
            } else {
                format!("3.{first}-3.{last}")
            }
        })
        .collect();
    texts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_written_as_ranges() {
        assert_eq!(
            ranges(&BTreeSet::from([7, 8, 9, 11, 13, 14])),
            "3.7-3.9 3.11 3.13-3.14"
        );
        assert_eq!(ranges(&BTreeSet::from([9])), "3.9");
    }
}
