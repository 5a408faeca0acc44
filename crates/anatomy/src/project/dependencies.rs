//! A crate's dependencies, from its manifest and lock file, so that advice fits the PyO3 in use and can name the exact
//! line to write.

use std::collections::BTreeSet;

use diagnostic::{Evidence, SourceLocation};
use toml::{Table, Value};

use super::features::Features;
use super::pyo3::{dependencies, features, package, requirement};
use super::rules::lines::{find_dependency, find_key};
use super::workspace::Workspace;
use super::{ProjectFacts, Texts};
use crate::names::normalized_distribution;
use crate::python_api::minor_of;

/// A crate's direct dependencies.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dependencies {
    all: Vec<Dependency>,
    /// The locked PyO3 version, or the required one if there's no lock file.
    pyo3_minor: Option<u32>,
    /// The same version in full.
    pyo3_version: Option<String>,
    manifest: String,
    /// The Python distributions that `pyproject.toml` names, for running or testing.
    python: BTreeSet<String>,
    /// Where the dev profile makes every panic abort the process.
    panic_abort: Option<Evidence>,
}

/// A direct dependency.
#[derive(Debug, Clone, PartialEq)]
pub struct Dependency {
    /// The crate's name for it.
    key: String,
    /// The package's name.
    package: String,
    /// The required version.
    requirement: Option<String>,
    /// The features enabled for it.
    features: Vec<String>,
    has_defaults: bool,
    /// What the crate's own manifest says.
    written: Value,
    place: Evidence,
}

impl Dependencies {
    /// Reads them; empty without a readable manifest.
    pub fn read(texts: &Texts) -> Self {
        let facts = ProjectFacts::read_manifests(texts);
        let Some(cargo) = &facts.cargo else {
            return Self::default();
        };
        let Some(table) = texts
            .get(&cargo.path)
            .and_then(|text| text.parse::<Table>().ok())
        else {
            return Self::default();
        };
        let workspace = Workspace::of(texts, &cargo.path);
        let on = Features::on(&table, facts.pyproject.as_ref());
        let all: Vec<Dependency> = dependencies(&table)
            .map(|(key, written)| {
                let is_inherited = written.get("workspace").and_then(Value::as_bool) == Some(true);
                let inherited = workspace
                    .as_ref()
                    .filter(|_| is_inherited)
                    .and_then(|workspace| workspace.dependency(key));
                let said = || [Some(written), inherited].into_iter().flatten();
                let all_features = said()
                    .flat_map(features)
                    .chain(on.of(key))
                    .map(str::to_owned)
                    .collect();
                Dependency {
                    key: key.to_owned(),
                    package: said()
                        .map(|said| package(key, said))
                        .find(|package| *package != key)
                        .unwrap_or(key)
                        .to_owned(),
                    requirement: said().find_map(requirement),
                    features: all_features,
                    has_defaults: !said().any(|said| {
                        ["default-features", "default_features"]
                            .iter()
                            .any(|key| said.get(key).and_then(Value::as_bool) == Some(false))
                    }),
                    written: written.clone(),
                    place: place(texts, &cargo.path, key),
                }
            })
            .collect();
        let asked = all.iter().find(|one| one.package == "pyo3");
        let asked = asked.and_then(|one| one.requirement.as_deref());
        let asked = asked.map(|text| text.trim_start_matches(['^', '=', '~', '>', ' ']));
        Self {
            pyo3_minor: facts.locked_pyo3().or(asked).and_then(minor_of),
            pyo3_version: facts.locked_pyo3().or(asked).map(str::to_owned),
            all,
            python: texts
                .get("pyproject.toml")
                .map(|text| python_names(text))
                .unwrap_or_default(),
            // Profiles come from the workspace root.
            panic_abort: panic_abort(
                texts,
                workspace.as_ref().map_or(&cargo.path, |root| &root.path),
            ),
            manifest: cargo.path.clone(),
        }
    }

    /// The minor version of PyO3, the `x` in `0.x`, if known.
    pub fn pyo3_minor(&self) -> Option<u32> {
        self.pyo3_minor
    }

    /// The version of PyO3 that was chosen, or that is asked for where no lock file says more.
    pub fn pyo3_version(&self) -> Option<&str> {
        self.pyo3_version.as_deref()
    }

    /// The dependency on PyO3.
    pub fn pyo3(&self) -> Option<&Dependency> {
        self.on("pyo3")
    }

    /// The dependency on a package.
    pub fn on(&self, package: &str) -> Option<&Dependency> {
        self.all.iter().find(|one| one.package == package)
    }

    /// Whether `pyproject.toml` names a Python distribution, in any spelling.
    pub fn names_python(&self, distribution: &str) -> bool {
        self.python.contains(&normalized_distribution(distribution))
    }

    /// Where the dev profile says `panic = "abort"`.
    pub fn panic_abort(&self) -> Option<&Evidence> {
        self.panic_abort.as_ref()
    }

    /// The manifest's path.
    pub fn manifest(&self) -> &str {
        &self.manifest
    }
}

impl Dependency {
    /// The required version.
    pub fn requirement(&self) -> Option<&str> {
        self.requirement.as_deref()
    }

    /// Whether a feature is enabled by name.
    pub fn has_feature(&self, feature: &str) -> bool {
        self.features.iter().any(|one| one == feature)
    }

    /// Whether its default features are on.
    pub fn has_defaults(&self) -> bool {
        self.has_defaults
    }

    /// The features enabled by name that start with this prefix.
    pub fn features_beginning(&self, beginning: &str) -> impl Iterator<Item = &str> {
        self.features
            .iter()
            .map(String::as_str)
            .filter(move |one| one.starts_with(beginning))
    }

    /// Where the manifest requires it.
    pub fn place(&self) -> &Evidence {
        &self.place
    }

    /// The line of the manifest with these features added, in the inline form.
    #[must_use]
    pub fn with_features(&self, added: &[&str]) -> String {
        self.changed(|features| {
            for feature in added {
                if !features.iter().any(|one| one == feature) {
                    features.push((*feature).to_owned());
                }
            }
        })
    }

    /// The line of the manifest with one feature instead of others.
    #[must_use]
    pub fn with_feature_instead(&self, of: &[&str], by: &str) -> String {
        self.changed(|features| {
            features.retain(|one| !of.contains(&one.as_str()));
            features.push(by.to_owned());
        })
    }

    fn changed(&self, change: impl FnOnce(&mut Vec<String>)) -> String {
        let mut features: Vec<String> = features(&self.written).map(str::to_owned).collect();
        change(&mut features);
        let features = format!("features = {features:?}");
        let others = match &self.written {
            Value::Table(table) => {
                // In the usual order: the version first, then the source, then the features.
                let (mut first, rest): (Vec<_>, Vec<_>) = table
                    .iter()
                    .filter(|(key, _)| *key != "features")
                    .partition(|(key, _)| *key == "version");
                first.extend(rest);
                first
                    .into_iter()
                    .map(|(key, value)| format!("{key} = {}", inline(value)))
                    .collect()
            }
            other => vec![format!("version = {}", inline(other))],
        };
        let parts: Vec<String> = others.into_iter().chain([features]).collect();
        format!("{} = {{ {} }}", self.key, parts.join(", "))
    }
}

/// The names in a `pyproject.toml`'s requirement lists: `dependencies`, the extras, and the groups of PEP 735.
fn python_names(text: &str) -> BTreeSet<String> {
    let Ok(table) = text.parse::<Table>() else {
        return BTreeSet::new();
    };
    let project = table.get("project");
    let lists_of = |groups: Option<&Value>| -> Vec<Value> {
        let groups = groups.and_then(Value::as_table);
        groups
            .into_iter()
            .flat_map(Table::values)
            .cloned()
            .collect()
    };
    let mut lists = lists_of(project.and_then(|project| project.get("optional-dependencies")));
    lists.extend(lists_of(table.get("dependency-groups")));
    lists.extend(
        project
            .and_then(|project| project.get("dependencies"))
            .cloned(),
    );
    let is_name = |c: char| c.is_alphanumeric() || ['-', '_', '.'].contains(&c);
    lists
        .iter()
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(Value::as_str)
        .filter_map(|requirement| requirement.trim().split(|c| !is_name(c)).next())
        .filter(|name| !name.is_empty())
        .map(normalized_distribution)
        .collect()
}

fn panic_abort(texts: &Texts, manifest: &str) -> Option<Evidence> {
    let text = texts.get(manifest)?;
    let table: Table = text.parse().ok()?;
    let panic = table.get("profile")?.get("dev")?.get("panic")?;
    (panic.as_str() == Some("abort")).then(|| match find_key(text, "profile.dev", "panic") {
        Some((number, line)) => Evidence::at_text(SourceLocation::line(manifest, number), line),
        None => Evidence::at(SourceLocation::file(manifest)),
    })
}

/// A value written on one line.
fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text:?}"),
        Value::Boolean(is_on) => is_on.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Datetime(time) => time.to_string(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(table) => {
            let pairs = table
                .iter()
                .map(|(key, value)| format!("{key} = {}", inline(value)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

fn place(texts: &Texts, manifest: &str, key: &str) -> Evidence {
    let text = texts.get(manifest).map_or("", String::as_str);
    match find_dependency(text, key) {
        Some((number, line)) => Evidence::at_text(SourceLocation::line(manifest, number), line),
        None => Evidence::at(SourceLocation::file(manifest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(dependencies: &str) -> Dependencies {
        let manifest = format!("[package]\nname = \"x\"\n[dependencies]\n{dependencies}");
        Dependencies::read(&Texts::from([("Cargo.toml".to_owned(), manifest)]))
    }

    #[track_caller]
    fn check(dependencies: &str, expect: &str) {
        let read = read(dependencies);
        assert_eq!(read.pyo3().unwrap().with_features(&["chrono"]), expect);
    }

    #[test]
    fn the_suggested_line_keeps_existing_settings() {
        check(
            "pyo3 = \"0.30\"",
            r#"pyo3 = { version = "0.30", features = ["chrono"] }"#,
        );
        check(
            "pyo3 = { features = [\"abi3\"], version = \"0.30\", default-features = false }",
            r#"pyo3 = { version = "0.30", default-features = false, features = ["abi3", "chrono"] }"#,
        );
        check(
            "pyo3.workspace = true",
            r#"pyo3 = { workspace = true, features = ["chrono"] }"#,
        );
        check(
            "py = { package = \"pyo3\", git = \"https://x/y\" }",
            r#"py = { git = "https://x/y", package = "pyo3", features = ["chrono"] }"#,
        );
    }

    #[test]
    fn the_version_in_use_is_the_locked_one() {
        let asked = read("pyo3 = \">=0.23\"");
        assert_eq!(asked.pyo3_minor(), Some(23));
        let manifest = "[package]\nname = \"x\"\n[dependencies]\npyo3 = \">=0.23\"\n";
        let lock = "[[package]]\nname = \"pyo3\"\nversion = \"0.26.1\"\n";
        let texts = Texts::from([
            ("Cargo.toml".to_owned(), manifest.to_owned()),
            ("Cargo.lock".to_owned(), lock.to_owned()),
        ]);
        assert_eq!(Dependencies::read(&texts).pyo3_minor(), Some(26));
    }

    #[test]
    fn distributions_in_pyproject_are_matched_in_any_spelling() {
        let pyproject = "[project]\ndependencies = [\"NumPy>=2; python_version>'3'\"]\n[project.optional-dependencies]\nx = [\"a.b[c]\"]\n\
                         [dependency-groups]\ntest = [\"pytest-mock\", {include-group = \"x\"}]\n";
        let manifest = "[package]\nname = \"x\"\n[profile.dev]\npanic = \"abort\"\n";
        let texts = Texts::from([
            ("Cargo.toml".to_owned(), manifest.to_owned()),
            ("pyproject.toml".to_owned(), pyproject.to_owned()),
        ]);
        let read = Dependencies::read(&texts);
        for name in ["numpy", "a-b", "pytest_mock"] {
            assert!(read.names_python(name), "{name}");
        }
        assert!(!read.names_python("pytest"));
        let place = read.panic_abort().unwrap();
        assert!(matches!(place, Evidence::Source { location, .. } if location.line == Some(4)));
        assert!(super::tests::read("").panic_abort().is_none());
    }

    #[test]
    fn features_of_the_crate_and_of_the_workspace_count() {
        let member = "[package]\nname = \"x\"\n[features]\ndefault = [\"pyo3/uuid\"]\n[dependencies]\npyo3 = { workspace = true }\n";
        let root = "[workspace]\n[workspace.dependencies]\npyo3 = { version = \"0.28\", features = [\"chrono\"] }\n";
        let texts = Texts::from([
            ("Cargo.toml".to_owned(), member.to_owned()),
            ("../Cargo.toml".to_owned(), root.to_owned()),
        ]);
        let read = Dependencies::read(&texts);
        let pyo3 = read.pyo3().unwrap();
        assert!(pyo3.has_feature("chrono") && pyo3.has_feature("uuid"));
        assert_eq!(read.pyo3_minor(), Some(28));
        assert_eq!(pyo3.requirement(), Some("0.28"));
    }
}
