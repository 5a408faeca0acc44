//! The keys of `Cargo.toml` that decide an extension library's name and whether Python can load it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

/// The part of `Cargo.toml` that the engine reads (cargo book, "The Manifest Format").
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct CargoToml {
    package: Option<Package>,
    lib: Option<Lib>,
    #[serde(default)]
    bin: Vec<toml::Value>,
    #[serde(default)]
    test: Vec<TestTarget>,
    #[serde(default)]
    features: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    dependencies: toml::Table,
    #[serde(default, rename = "build-dependencies", alias = "build_dependencies")]
    build_dependencies: toml::Table,
    #[serde(default)]
    target: toml::Table,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Package {
    name: String,
    version: Option<toml::Value>,
    autotests: Option<bool>,
}

/// An integration test that the manifest describes (cargo book, "Cargo Targets").
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(crate) struct TestTarget {
    /// Its name.
    pub(crate) name: Option<String>,
    /// Its file, if it isn't the one that follows from the name.
    pub(crate) path: Option<String>,
    /// Whether `cargo test` runs it; it does by default.
    pub(crate) test: Option<bool>,
    /// The features without which cargo leaves it out.
    #[serde(default, rename = "required-features")]
    pub(crate) required_features: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
struct Lib {
    name: Option<String>,
    #[serde(default, rename = "crate-type", alias = "crate_type")]
    crate_type: Vec<String>,
    #[serde(default, rename = "proc-macro", alias = "proc_macro")]
    proc_macro: bool,
    doctest: Option<bool>,
}

impl CargoToml {
    /// The package's name; `None` for a workspace without a package of its own.
    pub fn package_name(&self) -> Option<&str> {
        self.package.as_ref().map(|package| package.name.as_str())
    }

    /// The package's version; `None` if it's inherited from a workspace.
    pub fn version(&self) -> Option<&str> {
        self.package.as_ref()?.version.as_ref()?.as_str()
    }

    /// The name of the library target: `lib.name`, or the package's name with underscores for hyphens.
    pub fn library_name(&self) -> Option<String> {
        let named = self.lib.as_ref().and_then(|lib| lib.name.clone());
        named.or_else(|| self.package_name().map(|name| name.replace('-', "_")))
    }

    /// `lib.name`, if it's set.
    pub fn explicit_library_name(&self) -> Option<&str> {
        self.lib.as_ref().and_then(|lib| lib.name.as_deref())
    }

    /// Whether the manifest describes a library.
    pub fn has_library(&self) -> bool {
        self.lib.is_some()
    }

    /// Whether the manifest names programs.
    pub fn names_programs(&self) -> bool {
        !self.bin.is_empty()
    }

    /// The names of the programs that the manifest names.
    pub fn named_programs(&self) -> impl Iterator<Item = &str> {
        self.bin
            .iter()
            .filter_map(|program| program.get("name")?.as_str())
    }

    /// The library's crate types; empty if the manifest leaves them to cargo, which then builds an `rlib`.
    pub fn crate_types(&self) -> &[String] {
        self.lib.as_ref().map_or(&[], |lib| &lib.crate_type)
    }

    /// Whether the manifest asks for the only kind of library that Python can load.
    pub fn makes_cdylib(&self) -> bool {
        self.crate_types().iter().any(|kind| kind == "cdylib")
    }

    /// Whether cargo runs the examples in the library's documentation: if Rust code can use the library, unless the manifest
    /// turns them off (cargo book, "Cargo Targets", `doctest`).
    pub(crate) fn tests_documentation(&self) -> bool {
        let Some(lib) = &self.lib else { return true };
        let is_for_rust = |kind: &String| matches!(kind.as_str(), "lib" | "rlib" | "proc-macro");
        lib.doctest != Some(false)
            && (lib.proc_macro
                || lib.crate_type.is_empty()
                || lib.crate_type.iter().any(is_for_rust))
    }

    /// The integration tests that the manifest describes.
    pub(crate) fn test_targets(&self) -> &[TestTarget] {
        &self.test
    }

    /// Whether cargo looks for more of them in `tests`.
    pub(crate) fn finds_tests(&self) -> bool {
        let package = self.package.as_ref();
        package.and_then(|package| package.autotests) != Some(false)
    }

    /// The features that are turned on with these, these included.
    pub(crate) fn features_with(&self, on: &[String]) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        let mut rest = on.to_vec();
        while let Some(feature) = rest.pop() {
            // Features may turn on each other.
            if all.insert(feature.clone()) {
                rest.extend(self.features.get(&feature).into_iter().flatten().cloned());
            }
        }
        all
    }

    /// Everything that decides which dependencies a build has, and with which features: two packages of a workspace with
    /// the same value get the same ones. If one call of cargo builds packages with different values, each crate gets the features
    /// that any of them asks for (cargo book, "Features", "Feature unification"), and then even code that needs a feature its own
    /// manifest lacks compiles.
    pub(crate) fn dependency_request(&self) -> String {
        let Self {
            dependencies,
            build_dependencies,
            target,
            features,
            package: _,
            lib: _,
            bin: _,
            test: _,
        } = self;
        format!("{dependencies:?} {build_dependencies:?} {target:?} {features:?}")
    }

    /// Whether the package directly depends on a crate, even under another name.
    pub fn depends_on(&self, name: &str) -> bool {
        self.dependencies.iter().any(|(key, value)| {
            let renamed = value.get("package").and_then(toml::Value::as_str);
            renamed.unwrap_or(key) == name
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> CargoToml {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn the_library_is_named_after_the_package_by_default() {
        let plain = parse("[package]\nname = \"my-ext\"\n");
        assert_eq!(plain.library_name().as_deref(), Some("my_ext"));
        assert!(!plain.makes_cdylib());

        let named = parse(
            "[package]\nname = \"my-ext\"\n[lib]\nname = \"core\"\ncrate-type = [\"rlib\", \"cdylib\"]",
        );
        assert_eq!(named.library_name().as_deref(), Some("core"));
        assert!(named.makes_cdylib());
    }

    #[test]
    fn examples_are_run_where_rust_code_can_use_the_library() {
        for (lib, expect) in [
            ("", true),
            ("[lib]\nname = \"x\"\n", true),
            ("[lib]\ncrate-type = [\"cdylib\"]\n", false),
            ("[lib]\ncrate-type = [\"cdylib\", \"rlib\"]\n", true),
            ("[lib]\nproc-macro = true\n", true),
            ("[lib]\ncrate-type = [\"lib\"]\ndoctest = false\n", false),
        ] {
            let manifest = parse(&format!("[package]\nname = \"x\"\n{lib}"));
            assert_eq!(manifest.tests_documentation(), expect, "{lib}");
        }
    }

    #[test]
    fn packages_that_ask_for_the_same_dependencies_are_equal_in_that() {
        let request =
            |rest: &str| parse(&format!("[package]\nname = \"x\"\n{rest}")).dependency_request();
        let plain = request("[dependencies]\npyo3 = \"0.30\"\n[lib]\nname = \"y\"\n");
        assert_eq!(plain, request("[dependencies]\npyo3 = \"0.30\"\n"));
        for other in [
            "[dependencies]\npyo3 = { version = \"0.30\", features = [\"abi3\"] }\n",
            "[dependencies]\npyo3 = \"0.30\"\n[build-dependencies]\ncc = \"1\"\n",
            "[dependencies]\npyo3 = \"0.30\"\n[target.'cfg(unix)'.dependencies]\nlibc = \"0.2\"\n",
            "[dependencies]\npyo3 = \"0.30\"\n[features]\ndefault = [\"pyo3/abi3\"]\n",
        ] {
            assert_ne!(plain, request(other), "{other}");
        }
    }

    #[test]
    fn a_renamed_dependency_is_still_the_dependency() {
        let manifest = parse("[dependencies]\npy = { package = \"pyo3\", version = \"0.30\" }\n");
        assert!(manifest.depends_on("pyo3"));
        assert!(!manifest.depends_on("py"));
    }
}
