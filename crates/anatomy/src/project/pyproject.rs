//! `pyproject.toml`, as far as it concerns the extension.

use serde::Serialize;
use toml::{Table, Value};

use crate::target::PythonVersion;

use super::cargo::strings;

/// What `pyproject.toml` says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PyprojectManifest {
    /// `build-system.build-backend`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub build_backend: Option<String>,
    /// `project.name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `project.requires-python`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requires_python: Option<String>,
    /// `tool.maturin.module-name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module_name: Option<String>,
    /// `tool.maturin.python-source`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub python_source: Option<String>,
    /// `tool.maturin.bindings`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bindings: Option<String>,
    /// `tool.maturin.manifest-path`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manifest_path: Option<String>,
    /// The extension that setuptools-rust builds, if it builds just one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub setuptools_rust: Option<SetuptoolsRust>,
    /// `tool.maturin.features`: the crate features that maturin enables.
    pub features: Vec<String>,
    /// `tool.maturin.all-features`.
    pub all_features: bool,
    /// `tool.maturin.no-default-features`.
    pub no_default_features: bool,
    /// All keys in `tool.maturin`.
    pub maturin_keys: Vec<String>,
}

/// An entry of `tool.setuptools-rust.ext-modules` (setuptools-rust's reference, "`pyproject.toml`").
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetuptoolsRust {
    /// `target`: the full name of the module.
    pub target: String,
    /// `path`: the crate's manifest, `Cargo.toml` by default.
    pub path: String,
}

impl SetuptoolsRust {
    fn read(pyproject: &Table) -> Option<Self> {
        let modules = pyproject
            .get("tool")?
            .get("setuptools-rust")?
            .get("ext-modules")?
            .as_array()?;
        // If there are several, each has its own crate, but only one crate is inspected.
        let [module] = modules.as_slice() else {
            return None;
        };
        let text = |key: &str| module.get(key)?.as_str().map(str::to_owned);
        Some(Self {
            target: text("target")?,
            path: text("path").unwrap_or_else(|| "Cargo.toml".to_owned()),
        })
    }
}

impl PyprojectManifest {
    /// Parses the text; `None` if it isn't valid TOML.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let table: Table = text.parse().ok()?;
        let at = |path: &[&str]| -> Option<String> {
            let (first, rest) = path.split_first()?;
            let value = rest
                .iter()
                .try_fold(table.get(*first)?, |value, key| value.get(*key))?;
            value.as_str().map(str::to_owned)
        };
        let options = table
            .get("tool")
            .and_then(|tool| tool.get("maturin"))
            .and_then(Value::as_table);
        let option = |key: &str| options?.get(key);
        let maturin = |key: &str| option(key)?.as_str().map(str::to_owned);
        let is_on = |key: &str| option(key).and_then(Value::as_bool).unwrap_or(false);
        Some(Self {
            build_backend: at(&["build-system", "build-backend"]),
            name: at(&["project", "name"]),
            requires_python: at(&["project", "requires-python"]),
            module_name: maturin("module-name"),
            python_source: maturin("python-source"),
            bindings: maturin("bindings"),
            manifest_path: maturin("manifest-path"),
            setuptools_rust: SetuptoolsRust::read(&table),
            features: option("features").map(strings).unwrap_or_default(),
            all_features: is_on("all-features"),
            no_default_features: is_on("no-default-features"),
            maturin_keys: options
                .map(|maturin| maturin.keys().cloned().collect())
                .unwrap_or_default(),
        })
    }

    /// Whether maturin builds the project.
    pub fn is_maturin(&self) -> bool {
        self.build_backend.as_deref() == Some("maturin") || !self.maturin_keys.is_empty()
    }

    /// The oldest Python that `requires-python` allows, if it has one with `>=`, `~=` or `==`.
    pub fn oldest_python(&self) -> Option<PythonVersion> {
        self.requires_python
            .as_deref()?
            .split(',')
            .filter_map(|clause| {
                let clause = clause.trim();
                let version = [">=", "~=", "=="]
                    .iter()
                    .find_map(|operator| clause.strip_prefix(operator))?;
                PythonVersion::parse(version.trim().trim_end_matches(".*"))
            })
            .max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_python_is_read() {
        let oldest = |text: &str| {
            PyprojectManifest::parse(&format!("[project]\nrequires-python = \"{text}\""))
                .unwrap()
                .oldest_python()
                .map(|version| version.to_string())
        };
        assert_eq!(oldest(">=3.9").as_deref(), Some("3.9"));
        assert_eq!(oldest(">= 3.10.2, <4").as_deref(), Some("3.10"));
        assert_eq!(oldest("==3.12.*").as_deref(), Some("3.12"));
        assert_eq!(oldest("<4"), None);
    }
}
