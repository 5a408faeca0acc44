//! The dependency on PyO3: the required version and ABI.

use serde::Serialize;
use toml::{Table, Value};

use crate::python_api::FIRST_ABI3T;
use crate::target::{PythonVersion, Threading};

use super::features::Features;
use super::workspace::Workspace;

/// A dependency on PyO3.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Pyo3Dependency {
    /// The required version, if given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// The features enabled by the dependency itself, the workspace, or one of the crate's enabled features.
    pub features: Vec<String>,
}

/// The stable ABI that PyO3 builds for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StableAbi {
    /// For this Python and later: `abi3-py3…`.
    Since(PythonVersion),
    /// For the interpreter it's built with: plain `abi3`.
    OfInterpreter,
}

impl Pyo3Dependency {
    /// Reads it from a crate's manifest, in any dependency table; `None` if the crate doesn't depend on PyO3.
    pub(super) fn read(
        manifest: &Table,
        workspace: Option<&Workspace>,
        on: &Features<'_>,
    ) -> Option<Self> {
        let mut found: Option<Self> = None;
        for (name, dependency) in dependencies(manifest) {
            let is_inherited = dependency.get("workspace").and_then(Value::as_bool) == Some(true);
            let inherited = workspace
                .filter(|_| is_inherited)
                .and_then(|workspace| workspace.dependency(name));
            let is_pyo3 = |said: &Value| package(name, said) == "pyo3";
            if !is_pyo3(dependency) && !inherited.is_some_and(is_pyo3) {
                continue;
            }
            let found = found.get_or_insert_default();
            for said in [Some(dependency), inherited].into_iter().flatten() {
                found.requirement = found.requirement.take().or_else(|| requirement(said));
                found.add(features(said));
            }
            found.add(on.of(name));
        }
        found
    }

    fn add<'f>(&mut self, features: impl IntoIterator<Item = &'f str>) {
        for feature in features {
            if !self.features.iter().any(|known| known == feature) {
                self.features.push(feature.to_owned());
            }
        }
    }

    /// The oldest Python among the features `abi3-py3…`; `None` for plain `abi3`, which means the interpreter's own.
    pub fn stable_abi(&self) -> Option<PythonVersion> {
        self.oldest_of("abi3-py")
    }

    /// The stable ABI that PyO3 builds for with a `CPython`. The features only count if the interpreter has that ABI: a
    /// free-threaded one doesn't have `abi3`, and `abi3t` exists since 3.15 (`applicable_stable_abi` in
    /// `pyo3-build-config`).
    pub(crate) fn stable_abi_under(
        &self,
        python: PythonVersion,
        threading: Threading,
    ) -> Option<StableAbi> {
        let abi3t = if python >= FIRST_ABI3T {
            self.asks_for("abi3t", "abi3t-py")
        } else {
            None
        };
        match threading {
            Threading::Gil => abi3t.or_else(|| self.asks_for("abi3", "abi3-py")),
            Threading::FreeThreaded => abi3t,
        }
    }

    fn asks_for(&self, plain: &str, prefix: &str) -> Option<StableAbi> {
        let is_plain = || self.features.iter().any(|feature| feature == plain);
        self.oldest_of(prefix)
            .map(StableAbi::Since)
            .or_else(|| is_plain().then_some(StableAbi::OfInterpreter))
    }

    fn oldest_of(&self, prefix: &str) -> Option<PythonVersion> {
        self.features
            .iter()
            .filter_map(|feature| PythonVersion::from_digits(feature.strip_prefix(prefix)?))
            .min()
    }
}

/// A crate's build-time dependencies, on this platform or another.
pub(super) fn dependencies(manifest: &Table) -> impl Iterator<Item = (&str, &Value)> {
    let of_targets = manifest
        .get("target")
        .and_then(Value::as_table)
        .into_iter()
        .flat_map(Table::values)
        .filter_map(|target| target.get("dependencies"));
    manifest
        .get("dependencies")
        .into_iter()
        .chain(of_targets)
        .filter_map(Value::as_table)
        .flatten()
        .map(|(name, dependency)| (name.as_str(), dependency))
}

/// The package name of a dependency.
pub(super) fn package<'t>(name: &'t str, dependency: &'t Value) -> &'t str {
    dependency
        .get("package")
        .and_then(Value::as_str)
        .unwrap_or(name)
}

pub(super) fn requirement(dependency: &Value) -> Option<String> {
    dependency
        .as_str()
        .or_else(|| dependency.get("version")?.as_str())
        .map(str::to_owned)
}

pub(super) fn features(dependency: &Value) -> impl Iterator<Item = &str> {
    dependency
        .get("features")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(features: &[&str]) -> Pyo3Dependency {
        Pyo3Dependency {
            requirement: None,
            features: features.iter().map(|&feature| feature.to_owned()).collect(),
        }
    }

    #[test]
    fn features_count_only_if_the_interpreter_has_that_abi() {
        let under = |features: &[&str], minor, threading| {
            with(features).stable_abi_under(PythonVersion::new(3, minor), threading)
        };
        let since = |minor| Some(StableAbi::Since(PythonVersion::new(3, minor)));
        let both = ["abi3-py39", "abi3t-py315"];
        assert_eq!(under(&both, 14, Threading::Gil), since(9));
        assert_eq!(under(&both, 15, Threading::Gil), since(15));
        assert_eq!(under(&both, 15, Threading::FreeThreaded), since(15));
        assert_eq!(under(&both, 14, Threading::FreeThreaded), None);
        let plain = under(&["abi3"], 14, Threading::Gil);
        assert_eq!(plain, Some(StableAbi::OfInterpreter));
        assert_eq!(under(&["abi3", "abi3-py38"], 14, Threading::Gil), since(8));
        assert_eq!(under(&[], 14, Threading::Gil), None);
    }
}
