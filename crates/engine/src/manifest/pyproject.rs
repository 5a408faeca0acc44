//! The keys of `pyproject.toml` that decide how an extension is built, named and tested.

use std::collections::BTreeMap;

use anatomy::normalized_distribution;
use pep440_rs::{Version, VersionSpecifiers};
use serde::Deserialize;

/// The part of `pyproject.toml` that the engine reads (PEP 517, PEP 621, PEP 735, maturin's guide).
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
    #[serde(default)]
    scripts: BTreeMap<String, String>,
    #[serde(default)]
    gui_scripts: BTreeMap<String, String>,
    #[serde(default)]
    entry_points: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Tool {
    maturin: Option<Maturin>,
    pytest: Option<toml::Value>,
    uv: Option<Uv>,
    poetry: Option<toml::Value>,
    hatch: Option<toml::Value>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Uv {
    #[serde(default)]
    dev_dependencies: Vec<String>,
    #[serde(default)]
    sources: BTreeMap<String, toml::Value>,
    workspace: Option<toml::Value>,
    default_groups: Option<toml::Value>,
}

/// The keys of `[tool.maturin]` that affect what is built or where it goes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Maturin {
    /// How Python calls the Rust code, unless maturin should find out by itself.
    pub bindings: Option<String>,
    /// The import name of the extension module, possibly dotted.
    pub module_name: Option<String>,
    /// The directory of the Python packages.
    pub python_source: Option<String>,
    /// Where `Cargo.toml` is, if it isn't next to `pyproject.toml`.
    pub manifest_path: Option<String>,
    /// Cargo features; a feature may be limited to certain Python versions.
    #[serde(default)]
    pub features: Vec<Feature>,
    /// Whether every feature is turned on.
    #[serde(default)]
    pub all_features: bool,
    /// Whether the default features are turned off.
    #[serde(default)]
    pub no_default_features: bool,
    /// The cargo profile of editable builds, which includes development builds.
    pub editable_profile: Option<String>,
    /// Additional rustc arguments for the extension's own crate.
    #[serde(default)]
    pub rustc_args: Vec<String>,
    /// Cargo configuration values.
    #[serde(default)]
    pub config: Vec<String>,
    /// Whether the lock file must be up to date.
    #[serde(default)]
    pub locked: bool,
}

/// A feature that is always on or limited to certain Python versions.
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
        /// The Python versions that it's for.
        python_version: VersionSpecifiers,
    },
}

impl Feature {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Always(name) => name,
            Self::For { feature, .. } => feature,
        }
    }
}

impl Maturin {
    /// The features to turn on for a Python version.
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
    /// Whether maturin builds the project.
    pub fn names_maturin(&self) -> bool {
        let Some(build) = &self.build_system else {
            return self.tool.maturin.is_some();
        };
        match build.build_backend.as_deref() {
            Some("maturin") => true,
            // Another build tool, which may call maturin for a part.
            Some(backend) if other_backend(backend).is_some() => false,
            _ => build.requires("maturin"),
        }
    }

    /// The usual name of the tool that builds the project, if it isn't maturin; `None` if the manifest doesn't say.
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

    /// The packages that the build needs (PEP 518).
    pub fn build_requires(&self) -> &[String] {
        self.build_system
            .as_ref()
            .map_or(&[], |build| &build.requires)
    }

    /// `[tool.maturin]`.
    pub fn maturin(&self) -> Option<&Maturin> {
        self.tool.maturin.as_ref()
    }

    /// `project.version`; `None` if the build tool determines it.
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

    /// `project.dependencies`.
    pub(crate) fn dependencies(&self) -> &[String] {
        self.project
            .as_ref()
            .map_or(&[], |project| &project.dependencies)
    }

    /// `project.optional-dependencies`.
    pub(crate) fn extras(&self) -> &BTreeMap<String, Vec<String>> {
        const NONE: &BTreeMap<String, Vec<String>> = &BTreeMap::new();
        self.project
            .as_ref()
            .map_or(NONE, |project| &project.optional_dependencies)
    }

    /// `project.scripts`: commands, each with the object that is called.
    pub(crate) fn scripts(&self) -> &BTreeMap<String, String> {
        const NONE: &BTreeMap<String, String> = &BTreeMap::new();
        self.project
            .as_ref()
            .map_or(NONE, |project| &project.scripts)
    }

    /// `project.gui-scripts`: the same for commands with windows.
    pub(crate) fn gui_scripts(&self) -> &BTreeMap<String, String> {
        const NONE: &BTreeMap<String, String> = &BTreeMap::new();
        self.project
            .as_ref()
            .map_or(NONE, |project| &project.gui_scripts)
    }

    /// `project.entry-points`: objects by their names, in groups.
    pub(crate) fn entry_points(&self) -> &BTreeMap<String, BTreeMap<String, String>> {
        const NONE: &BTreeMap<String, BTreeMap<String, String>> = &BTreeMap::new();
        self.project
            .as_ref()
            .map_or(NONE, |project| &project.entry_points)
    }

    /// `dependency-groups`: requirements, and tables that include another group.
    pub(crate) fn groups(&self) -> &BTreeMap<String, Vec<toml::Value>> {
        &self.dependency_groups
    }

    /// Whether uv installs a group by default.
    pub(crate) fn is_default_group(&self, name: &str) -> bool {
        let groups = self
            .tool
            .uv
            .as_ref()
            .and_then(|uv| uv.default_groups.as_ref());
        let listed = groups.and_then(toml::Value::as_array).into_iter().flatten();
        listed
            .filter_map(toml::Value::as_str)
            .any(|one| normalized_distribution(one) == normalized_distribution(name))
    }

    /// `tool.uv.dev-dependencies`.
    pub(crate) fn uv_dev_dependencies(&self) -> &[String] {
        self.tool.uv.as_ref().map_or(&[], |uv| &uv.dev_dependencies)
    }

    /// `tool.uv.workspace`.
    pub(crate) fn uv_workspace(&self) -> Option<&toml::Value> {
        self.tool.uv.as_ref()?.workspace.as_ref()
    }

    /// Whether a distribution, by its normalized name, comes from a local path or from the project's workspace.
    pub(crate) fn takes_from_workspace(&self, distribution: &str) -> bool {
        let sources = self.tool.uv.iter().flat_map(|uv| &uv.sources);
        sources
            .filter(|(name, _)| normalized_distribution(name) == distribution)
            .any(|(_, source)| source.get("path").is_some() || source.get("workspace").is_some())
    }

    /// `tool.poetry`.
    pub(crate) fn poetry(&self) -> Option<&toml::Value> {
        self.tool.poetry.as_ref()
    }

    /// `tool.hatch`.
    pub(crate) fn hatch(&self) -> Option<&toml::Value> {
        self.tool.hatch.as_ref()
    }
}

impl BuildSystem {
    fn requires(&self, distribution: &str) -> bool {
        let is_it = |text: &String| requirement_name(text) == distribution;
        self.requires.iter().any(is_it)
    }
}

/// The name of a well-known build backend other than maturin. An unknown one may be a wrapper around maturin.
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
    fn maturin_is_recognised_by_its_backend() {
        assert!(
            parse("[build-system]\nrequires = []\nbuild-backend = \"maturin\"").names_maturin()
        );
        assert!(parse("[build-system]\nrequires = [\"maturin>=1,<2\"]").names_maturin());
        assert!(!parse("[build-system]\nrequires = [\"setuptools-rust\"]").names_maturin());
        assert!(!parse("[project]\nname = \"x\"").names_maturin());
    }

    #[test]
    fn another_backend_that_calls_maturin_is_not_maturin() {
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
    fn features_may_depend_on_the_python_version() {
        let maturin: Maturin =
            toml::from_str(r#"features = ["a", { feature = "b", python-version = ">=3.12" }]"#)
                .unwrap();
        let on = |text: &str| maturin.features_for(&text.parse().unwrap());
        assert_eq!(on("3.11"), ["a"]);
        assert_eq!(on("3.13.1"), ["a", "b"]);
    }
}
