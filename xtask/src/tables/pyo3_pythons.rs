//! Which Pythons each PyO3 supports, according to the crate `pyo3-ffi`: in its manifest's metadata, or, before that
//! existed, in constants in its build script.

use std::io;
use std::path::Path;
use std::process::Command;

use super::packages::{Scratch, run};

/// The minor versions of PyO3 to look at; cargo takes the newest patch of each. `pyo3-ffi` exists since 0.16.
const OLDEST: u32 = 16;

pub(super) fn table(scratch: &Scratch) -> io::Result<String> {
    let mut rows = String::new();
    for minor in OLDEST.. {
        let Some(row) = row(scratch, minor)? else {
            break;
        };
        rows.push_str(&row);
    }
    Ok(format!(
        "# Which Pythons each PyO3 supports: crate version, oldest and newest CPython, oldest free-threaded one;\n\
         # `-` where the crate does not say.\n\
         # Written by `cargo xtask tables`; do not edit.\n\
         # source: the crate pyo3-ffi (MIT OR Apache-2.0), its manifest's metadata and its build script\n\
         # version: the newest patch of each minor version\n\
         {rows}"
    ))
}

/// The row of one minor version; nothing if it has not been published.
fn row(scratch: &Scratch, minor: u32) -> io::Result<Option<String>> {
    let project = scratch.path().join(format!("pyo3-{minor}"));
    std::fs::create_dir_all(project.join("src"))?;
    std::fs::write(project.join("src/lib.rs"), "")?;
    std::fs::write(
        project.join("Cargo.toml"),
        format!(
            "[workspace]\n[package]\nname = \"probe\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\
             [dependencies]\npyo3-ffi = \"0.{minor}\"\n"
        ),
    )?;
    let vendored = project.join("vendor");
    let fetched = run(Command::new("cargo")
        .args(["vendor", "--quiet", "--versioned-dirs"])
        .arg(&vendored)
        .current_dir(&project));
    match fetched {
        Ok(_) => {}
        Err(error) if error.to_string().contains("failed to select a version") => return Ok(None),
        Err(error) => return Err(error),
    }
    let ffi = std::fs::read_dir(&vendored)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| {
            path.file_name()
                .and_then(|name| name.to_str())
                .is_some_and(|name| name.starts_with("pyo3-ffi-"))
        })
        .ok_or_else(|| io::Error::other(format!("cargo vendored no pyo3-ffi 0.{minor}")))?;
    let version = ffi
        .file_name()
        .and_then(|name| name.to_str())
        .and_then(|name| name.strip_prefix("pyo3-ffi-"))
        .unwrap_or_default()
        .to_owned();
    let (oldest, newest) = range(&ffi)?;
    let free_threaded = oldest_free_threaded(&ffi)?.unwrap_or_else(|| "-".to_owned());
    Ok(Some(format!(
        "{version} {oldest} {newest} {free_threaded}\n"
    )))
}

fn range(ffi: &Path) -> io::Result<(String, String)> {
    let manifest = std::fs::read_to_string(ffi.join("Cargo.toml"))?;
    if let Some((_, section)) = manifest.split_once("[package.metadata.cpython]") {
        let value = |key: &str| {
            section
                .lines()
                .take_while(|line| !line.starts_with('['))
                .find_map(|line| line.strip_prefix(key)?.split('"').nth(1).map(str::to_owned))
        };
        if let (Some(oldest), Some(newest)) = (value("min-version"), value("max-version")) {
            return Ok((oldest, newest));
        }
    }
    let script = std::fs::read_to_string(ffi.join("build.rs"))?;
    // `SupportedVersions { min: PythonVersion { major: 3, minor: 7 }, max: PythonVersion { major: 3, minor: 12 }, }`
    let unknown = || io::Error::other(format!("{} names no range", ffi.display()));
    if let Some((_, versions)) = script.split_once("const SUPPORTED_VERSIONS_CPYTHON") {
        let mut minors = minors(versions);
        let (oldest, newest) = (minors.next(), minors.next());
        return Ok((oldest.ok_or_else(unknown)?, newest.ok_or_else(unknown)?));
    }
    // The oldest script had no upper limit.
    let (_, version) = script
        .split_once("const MINIMUM_SUPPORTED_VERSION")
        .ok_or_else(unknown)?;
    Ok((minors(version).next().ok_or_else(unknown)?, "-".to_owned()))
}

fn minors(text: &str) -> impl Iterator<Item = String> {
    text.split("minor:")
        .skip(1)
        .map(|rest| format!("3.{}", digits(rest.trim_start())))
}

fn oldest_free_threaded(ffi: &Path) -> io::Result<Option<String>> {
    let script = std::fs::read_to_string(ffi.join("build.rs"))?;
    Ok(free_threaded(&script))
}

/// `const MIN_FREE_THREADED_VERSION: PythonVersion = PY_3_14;`, or a structure with `minor: 14` instead of that name.
fn free_threaded(script: &str) -> Option<String> {
    let (_, rest) = script.split_once("const MIN_FREE_THREADED_VERSION: PythonVersion =")?;
    let (value, _) = rest.split_once(';')?;
    match value.trim().strip_prefix("PY_3_") {
        Some(minor) => Some(format!("3.{}", digits(minor))),
        None => minors(value).next(),
    }
}

fn digits(text: &str) -> String {
    text.chars().take_while(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_the_constant_are_read() {
        let named = "const MIN_FREE_THREADED_VERSION: PythonVersion = PY_3_14;\nminor: 9";
        let written = "const MIN_FREE_THREADED_VERSION: PythonVersion = PythonVersion {\n    major: 3,\n    minor: 14,\n};";
        for script in [named, written] {
            assert_eq!(free_threaded(script).as_deref(), Some("3.14"));
        }
        assert_eq!(free_threaded("fn main() {}"), None);
    }
}
