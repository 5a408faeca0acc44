//! `pyproject.toml`, for the keys that decide how an extension is built, named and tested.

use std::collections::BTreeMap;

use anatomy::normalized_distribution;
use pep440_rs::{Version, VersionSpecifiers};
use serde::Deserialize;

/// The part of `pyproject.toml` that the engine looks at (PEP 517, PEP 621, PEP 735, maturin's guide).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Pyproject {
    build_system: Option<BuildSystem>,
    project: Option<Project>,
    #[serde(default)]
    dependency_groups: BTreeMap<String, Vec<toml::Value>>,
    #[serde(default)]
    tool: Tool,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct BuildSystem {
    build_backend: Option<String>,
    #[serde(default)]
    requires: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Project {
    name: Option<String>,
    version: Option<String>,
    requires_python: Option<VersionSpecifiers>,
    #[serde(default)]
    dependencies: Vec<String>,
    #[serde(default)]
    optional_dependencies: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Tool {
    maturin: Option<Maturin>,
    pytest: Option<toml::Value>,
    uv: Option<Uv>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Uv {
    #[serde(default)]
    dev_dependencies: Vec<String>,
    #[serde(default)]
    sources: BTreeMap<String, toml::Value>,
}

/// `[tool.maturin]`, for the keys that change what is built or where it goes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Maturin {
    /// How Python reaches the Rust code, where maturin is not to find out.
    pub bindings: Option<String>,
    /// The import name of the extension module, possibly dotted.
    pub module_name: Option<String>,
    /// The directory that holds the Python packages.
    pub python_source: Option<String>,
    /// Where `Cargo.toml` is, when it is not beside `pyproject.toml`.
    pub manifest_path: Option<String>,
    /// Cargo features; a feature may be bound to Python versions.
    #[serde(default)]
    pub features: Vec<Feature>,
    /// Whether every feature is switched on.
    #[serde(default)]
    pub all_features: bool,
    /// Whether the default features are left out.
    #[serde(default)]
    pub no_default_features: bool,
    /// The cargo profile of editable builds, which is what a development build is.
    pub editable_profile: Option<String>,
    /// Additional arguments of rustc for the extension's own crate.
    #[serde(default)]
    pub rustc_args: Vec<String>,
    /// Values of cargo's configuration.
    #[serde(default)]
    pub config: Vec<String>,
    /// Whether the lock file must be up to date.
    #[serde(default)]
    pub locked: bool,
}

/// A feature, always on or bound to Python versions.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Feature {
    /// A feature that is always on.
    Always(String),
    /// A feature for some Python versions.
    #[serde(rename_all = "kebab-case")]
    For {
        /// The feature's name.
        feature: String,
        /// The versions of Python that it is for.
        python_version: VersionSpecifiers,
    },
}

impl Maturin {
    /// The features to switch on for a version of Python.
    pub fn features_for(&self, python: &Version) -> Vec<String> {
        self.features
            .iter()
            .filter_map(|feature| match feature {
                Feature::Always(name) => Some(name.clone()),
                Feature::For {
                    feature,
                    python_version,
                } => python_version.contains(python).then(|| feature.clone()),
            })
            .collect()
    }
}

impl Pyproject {
    /// Whether the project is built by maturin.
    pub fn names_maturin(&self) -> bool {
        let Some(build) = &self.build_system else {
            return self.tool.maturin.is_some();
        };
        match build.build_backend.as_deref() {
            Some("maturin") => true,
            // A tool of its own, which may call maturin for a part.
            Some(backend) if other_backend(backend).is_some() => false,
            _ => build.requires("maturin"),
        }
    }

    /// What builds the project where that is not maturin, as a person calls it; nothing where the manifest does not say.
    pub fn built_by(&self) -> Option<String> {
        let build = self.build_system.as_ref()?;
        let backend = build.build_backend.as_deref()?;
        let name = other_backend(backend).unwrap_or(backend);
        let with = ["setuptools-rust", "maturin"]
            .into_iter()
            .find(|tool| build.requires(tool));
        match with {
            _ if backend == "maturin" => None,
            Some(tool) => Some(format!("{name} with {tool}")),
            None => Some(name.to_owned()),
        }
    }

    /// What the build needs installed (PEP 518).
    pub fn build_requires(&self) -> &[String] {
        self.build_system
            .as_ref()
            .map_or(&[], |build| &build.requires)
    }

    /// `[tool.maturin]`.
    pub fn maturin(&self) -> Option<&Maturin> {
        self.tool.maturin.as_ref()
    }

    /// `project.version`; `None` where the build tool knows it.
    pub fn version(&self) -> Option<&str> {
        self.project.as_ref()?.version.as_deref()
    }

    /// `project.name`.
    pub fn name(&self) -> Option<&str> {
        self.project.as_ref()?.name.as_deref()
    }

    /// `project.requires-python`.
    pub fn requires_python(&self) -> Option<&VersionSpecifiers> {
        self.project.as_ref()?.requires_python.as_ref()
    }

    /// Whether pytest finds its configuration here.
    pub fn configures_pytest(&self) -> bool {
        self.tool.pytest.is_some()
    }

    /// What has to be installed to run the project's tests: its dependencies, and the groups and extras that by
    /// convention hold the tools of its tests. What the project takes from a path or a workspace is left out, for that
    /// is the project itself.
    pub fn test_requirements(&self) -> Vec<String> {
        let mut found = Vec::new();
        if let Some(project) = &self.project {
            found.extend(project.dependencies.iter().cloned());
            for (name, list) in &project.optional_dependencies {
                if is_for_tests(name) {
                    found.extend(list.iter().cloned());
                }
            }
        }
        for name in self.dependency_groups.keys() {
            if is_for_tests(name) {
                self.group(name, &mut found, 0);
            }
        }
        if let Some(uv) = &self.tool.uv {
            found.extend(uv.dev_dependencies.iter().cloned());
            found.retain(|text| {
                let wanted = requirement_name(text);
                !uv.sources.iter().any(|(name, source)| {
                    normalized_distribution(name) == wanted
                        && (source.get("path").is_some() || source.get("workspace").is_some())
                })
            });
        }
        if let Some(own) = self.name() {
            found.retain(|text| requirement_name(text) != normalized_distribution(own));
        }
        found.sort();
        found.dedup();
        found
    }

    /// A dependency group with what it includes (PEP 735).
    fn group(&self, name: &str, found: &mut Vec<String>, depth: usize) {
        // Groups may not include each other in a circle; the bound makes a broken manifest harmless.
        if depth > 16 {
            return;
        }
        let key = self
            .dependency_groups
            .keys()
            .find(|key| normalized_distribution(key) == normalized_distribution(name));
        for entry in key.map_or(&[][..], |key| &self.dependency_groups[key]) {
            match entry {
                toml::Value::String(requirement) => found.push(requirement.clone()),
                toml::Value::Table(table) => {
                    if let Some(included) = table.get("include-group").and_then(toml::Value::as_str)
                    {
                        self.group(included, found, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }
}

impl BuildSystem {
    fn requires(&self, distribution: &str) -> bool {
        let is_it = |text: &String| requirement_name(text) == distribution;
        self.requires.iter().any(is_it)
    }
}

/// The name of a well-known back end that is not maturin. One that nobody knows may be a wrapper of maturin.
fn other_backend(backend: &str) -> Option<&'static str> {
    const KNOWN: [(&str, &str); 8] = [
        ("flit_core", "flit"),
        ("hatchling", "hatchling"),
        ("mesonpy", "meson-python"),
        ("pdm", "pdm"),
        ("poetry", "Poetry"),
        ("scikit_build_core", "scikit-build-core"),
        ("setuptools", "setuptools"),
        ("uv_build", "uv"),
    ];
    let module = backend.split(['.', ':']).next().unwrap_or_default();
    let is_it =
        |(name, _): &&(&str, &str)| module == *name || module.strip_suffix("_core") == Some(name);
    KNOWN.iter().find(is_it).map(|(_, shown)| *shown)
}

fn is_for_tests(name: &str) -> bool {
    matches!(
        normalized_distribution(name).as_str(),
        "dev" | "test" | "tests" | "testing"
    )
}

/// The name that a requirement starts with, normalized (PEP 503, PEP 508).
pub(crate) fn requirement_name(requirement: &str) -> String {
    let end = requirement
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
        .unwrap_or(requirement.len());
    normalized_distribution(&requirement[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Pyproject {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn maturin_is_known_by_its_backend() {
        assert!(
            parse("[build-system]\nrequires = []\nbuild-backend = \"maturin\"").names_maturin()
        );
        assert!(parse("[build-system]\nrequires = [\"maturin>=1,<2\"]").names_maturin());
        assert!(!parse("[build-system]\nrequires = [\"setuptools-rust\"]").names_maturin());
        assert!(!parse("[project]\nname = \"x\"").names_maturin());
    }

    #[test]
    fn another_back_end_may_call_maturin_and_is_no_maturin() {
        let check = |backend: &str, requires: &str, expect: Option<&str>| {
            let text =
                format!("[build-system]\nrequires = [{requires}]\nbuild-backend = \"{backend}\"\n");
            let found = parse(&text);
            assert_eq!(found.names_maturin(), expect.is_none(), "{text}");
            let by = found.built_by();
            assert_eq!(by.as_deref().filter(|_| expect.is_some()), expect, "{text}");
        };
        check("maturin", "\"maturin>=1\"", None);
        check("wrapper", "\"maturin>=1\"", None);
        check(
            "hatchling.build",
            "\"hatchling\", \"maturin\"",
            Some("hatchling with maturin"),
        );
        check(
            "setuptools.build_meta",
            "\"setuptools\", \"setuptools-rust\"",
            Some("setuptools with setuptools-rust"),
        );
        check(
            "scikit_build_core.build",
            "\"scikit-build-core\"",
            Some("scikit-build-core"),
        );
        check("poetry.core.masonry.api", "\"poetry-core\"", Some("Poetry"));
    }

    #[test]
    fn requirements_of_tests_come_from_all_conventions() {
        let project = parse(
            r#"
[project]
name = "My.Ext"
dependencies = ["numpy>=2", "sample", "my_ext[extra]"]
[project.optional-dependencies]
test = ["hypothesis"]
docs = ["sphinx"]
[dependency-groups]
dev = ["pytest>=8", { include-group = "Lint" }]
lint = ["ruff"]
[tool.uv.sources]
sample = { workspace = true }
"#,
        );
        assert_eq!(
            project.test_requirements(),
            ["hypothesis", "numpy>=2", "pytest>=8", "ruff"]
        );
    }

    #[test]
    fn features_may_depend_on_the_python_version() {
        let maturin: Maturin =
            toml::from_str(r#"features = ["a", { feature = "b", python-version = ">=3.12" }]"#)
                .unwrap();
        let on = |text: &str| maturin.features_for(&text.parse().unwrap());
        assert_eq!(on("3.11"), ["a"]);
        assert_eq!(on("3.13.1"), ["a", "b"]);
    }
}
