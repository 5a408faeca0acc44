//! `Cargo.toml`, as far as it decides what comes out and by which name.

use serde::Serialize;
use toml::{Table, Value};

use crate::expectation::PythonVersion;

use super::Texts;

/// The manifest of the crate that becomes the extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CargoManifest {
    /// Its path inside the project.
    pub path: String,
    /// The package's name.
    pub package: String,
    /// The library's name: what `[lib] name` says, or the package's with underscores.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lib_name: Option<String>,
    /// Whether `[lib] name` is written, and not taken from the package.
    pub lib_name_is_written: bool,
    /// The library's first file, from the crate's directory.
    pub lib_path: String,
    /// `[lib] crate-type`; empty where nothing is written.
    pub crate_types: Vec<String>,
    /// The dependency on PyO3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pyo3: Option<Pyo3Dependency>,
}

/// A dependency on PyO3.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pyo3Dependency {
    /// The version that is asked for, where one is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// The features that are switched on.
    pub features: Vec<String>,
}

impl Pyo3Dependency {
    /// The oldest Python of the features `abi3-py3…`, or of `abi3` alone the interpreter's own: nothing.
    pub fn stable_abi(&self) -> Option<PythonVersion> {
        self.features
            .iter()
            .filter_map(|feature| PythonVersion::from_digits(feature.strip_prefix("abi3-py")?))
            .min()
    }
}

impl CargoManifest {
    /// Reads the manifest at a path; nothing when there is none, or it is no package's, or no TOML.
    pub(super) fn read(texts: &Texts, path: &str) -> Option<Self> {
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
            pyo3: pyo3(&table, texts),
        })
    }
}

fn pyo3(manifest: &Table, texts: &Texts) -> Option<Pyo3Dependency> {
    let is_pyo3 = |(name, dependency): &(&String, &Value)| {
        dependency
            .get("package")
            .and_then(Value::as_str)
            .unwrap_or(name)
            == "pyo3"
    };
    let (name, dependency) = manifest
        .get("dependencies")?
        .as_table()?
        .iter()
        .find(is_pyo3)?;
    let mut found = Pyo3Dependency {
        requirement: requirement(dependency),
        features: dependency.get("features").map(strings).unwrap_or_default(),
    };
    if dependency.get("workspace").and_then(Value::as_bool) == Some(true)
        && let Some(inherited) = inherited(manifest, texts, name)
    {
        found.requirement = requirement(&inherited);
        found
            .features
            .extend(inherited.get("features").map(strings).unwrap_or_default());
    }
    Some(found)
}

/// What the workspace's manifest says of a dependency; it is the crate's own or the root's.
fn inherited(manifest: &Table, texts: &Texts, name: &str) -> Option<Value> {
    let of = |table: &Table| -> Option<Value> {
        table
            .get("workspace")?
            .get("dependencies")?
            .get(name)
            .cloned()
    };
    of(manifest).or_else(|| of(&texts.get("Cargo.toml")?.parse().ok()?))
}

fn requirement(dependency: &Value) -> Option<String> {
    dependency
        .as_str()
        .or_else(|| dependency.get("version")?.as_str())
        .map(str::to_owned)
}

fn strings(value: &Value) -> Vec<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect()
}
