//! `Cargo.toml`, as far as it determines what's built and its name.

use serde::Serialize;
use toml::{Table, Value};

use super::Texts;
use super::features::Features;
use super::pyo3::Pyo3Dependency;
use super::pyproject::PyprojectManifest;
use super::workspace::Workspace;

/// The manifest of the extension's crate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CargoManifest {
    /// Its path inside the project.
    pub path: String,
    /// The package's name.
    pub package: String,
    /// The library's name: `[lib] name`, or the package's name with underscores.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lib_name: Option<String>,
    /// Whether `[lib] name` is set, rather than derived from the package.
    pub lib_name_is_written: bool,
    /// The library's root file, relative to the crate's directory.
    pub lib_path: String,
    /// `[lib] crate-type`; empty if not set.
    pub crate_types: Vec<String>,
    /// The dependency on PyO3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pyo3: Option<Pyo3Dependency>,
}

impl CargoManifest {
    /// Reads the manifest at a path; `None` if there isn't one, or it isn't a package's, or it isn't valid TOML.
    pub(super) fn read(
        texts: &Texts,
        path: &str,
        pyproject: Option<&PyprojectManifest>,
        workspace: Option<&Workspace>,
    ) -> Option<Self> {
        let table: Table = texts.get(path)?.parse().ok()?;
        let package = table.get("package")?.get("name")?.as_str()?.to_owned();
        let lib = table.get("lib");
        let lib_text = |key: &str| lib?.get(key)?.as_str();
        let crate_types = lib
            .and_then(|lib| lib.get("crate-type").or_else(|| lib.get("crate_type")))
            .map(strings)
            .unwrap_or_default();
        let written_name = lib_text("name").map(str::to_owned);
        Some(Self {
            path: path.to_owned(),
            lib_name_is_written: written_name.is_some(),
            lib_name: Some(written_name.unwrap_or_else(|| package.replace('-', "_"))),
            package,
            lib_path: lib_text("path").unwrap_or("src/lib.rs").to_owned(),
            crate_types,
            pyo3: Pyo3Dependency::read(&table, workspace, &Features::on(&table, pyproject)),
        })
    }
}

/// The strings in an array.
pub(super) fn strings(value: &Value) -> Vec<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect()
}
