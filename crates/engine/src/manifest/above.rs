//! The files in a directory and its parents that configure tools there.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use course::{CONFTEST, PYTEST_SETTINGS};

use crate::system::System;

/// Where cargo and rustup look for the configuration of a directory (cargo book, "Configuration" and "Workspaces"; rustup book,
/// "Overrides").
fn cargo_files(dir: &Path) -> impl Iterator<Item = PathBuf> {
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

/// The code files that pytest loads automatically, from its root directory down to the tests.
pub(crate) fn conftests(dir: &Path) -> impl Iterator<Item = PathBuf> {
    above(dir, &[CONFTEST])
}

fn above(dir: &Path, names: &'static [&'static str]) -> impl Iterator<Item = PathBuf> {
    dir.ancestors()
        .flat_map(move |dir| names.iter().map(move |name| dir.join(name)))
}

/// The same files, plus those that cargo's settings include, directly or indirectly (cargo book, "Configuration", `include`).
pub(crate) fn cargo_files_with_included(system: &dyn System, dir: &Path) -> Vec<PathBuf> {
    let files: Vec<PathBuf> = cargo_files(dir).collect();
    let settings = files.iter().filter(|file| is_settings(file));
    let included = included(system, settings.cloned().collect());
    files.into_iter().chain(included).collect()
}

/// Cargo's home directory (cargo book, "Cargo Home").
pub(crate) fn cargo_home(env: &BTreeMap<OsString, OsString>) -> Option<PathBuf> {
    let variable = |name: &str| env.get(OsStr::new(name)).map(PathBuf::from);
    variable("CARGO_HOME").or_else(|| {
        let home = variable("HOME").or_else(|| variable("USERPROFILE"))?;
        Some(home.join(".cargo"))
    })
}

/// Cargo's settings in its home directory, with the files that they include.
pub(crate) fn settings_of_user(system: &dyn System, cargo_home: &Path) -> Vec<PathBuf> {
    let files = ["config.toml", "config"].map(|name| cargo_home.join(name));
    let included = included(system, files.to_vec());
    files.into_iter().chain(included).collect()
}

fn is_settings(file: &Path) -> bool {
    file.parent().is_some_and(|dir| dir.ends_with(".cargo"))
}

fn included(system: &dyn System, mut open: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    while let Some(file) = open.pop() {
        let table: Option<toml::Table> = super::read(system, &file).ok().flatten();
        let Some(value) = table.and_then(|mut table| table.remove("include")) else {
            continue;
        };
        let values = match value {
            toml::Value::Array(values) => values,
            one => vec![one],
        };
        for value in values {
            let path = value
                .get("path")
                .unwrap_or(&value)
                .as_str()
                .map(str::to_owned);
            let path = path.and_then(|path| Some(file.parent()?.join(path)));
            if let Some(path) = path.filter(|path| !found.contains(path)) {
                found.push(path.clone());
                open.push(path);
            }
        }
    }
    found
}
