//! The versions in a new exercise's manifests: the same as its siblings', so that nothing is compiled twice.

use std::collections::BTreeMap;

use course::Course;
use toml::{Table, Value};

/// Placeholders, and the defaults if no sibling sets a version.
const DEFAULTS: [(&str, &str); 6] = [
    ("@PYO3@", "0.30.1"),
    ("@EDITION@", "2024"),
    ("@MATURIN@", "maturin>=1.9.4,<2"),
    ("@PYTHON@", ">=3.11"),
    ("@PYTEST@", "pytest>=8.4,<10"),
    ("@HATCHLING@", "hatchling>=1.27,<2"),
];

/// The value of each placeholder.
pub(super) struct Versions(BTreeMap<&'static str, String>);

impl Versions {
    pub(super) fn of(course: &Course) -> Self {
        let mut all: BTreeMap<&'static str, String> = DEFAULTS
            .iter()
            .map(|(key, value)| (*key, (*value).to_owned()))
            .collect();
        // Later exercises have the newer versions.
        for exercise in course.exercises() {
            let read = |name: &str| -> Option<Table> {
                std::fs::read_to_string(exercise.dir().join(name))
                    .ok()?
                    .parse()
                    .ok()
            };
            if let Some(cargo) = read("Cargo.toml") {
                let pyo3 = cargo.get("dependencies").and_then(|all| all.get("pyo3"));
                let version =
                    pyo3.and_then(|one| one.as_str().or_else(|| one.get("version")?.as_str()));
                set(&mut all, "@PYO3@", version);
                let edition = cargo.get("package").and_then(|one| one.get("edition"));
                set(&mut all, "@EDITION@", edition.and_then(Value::as_str));
            }
            if let Some(pyproject) = read("pyproject.toml") {
                let python = pyproject
                    .get("project")
                    .and_then(|one| one.get("requires-python"));
                set(&mut all, "@PYTHON@", python.and_then(Value::as_str));
                let requires = pyproject
                    .get("build-system")
                    .and_then(|one| one.get("requires"));
                set(&mut all, "@MATURIN@", named(requires, "maturin"));
                let groups = pyproject.get("dependency-groups").and_then(Value::as_table);
                for group in groups.into_iter().flat_map(Table::values) {
                    set(&mut all, "@PYTEST@", named(Some(group), "pytest"));
                }
            }
        }
        Self(all)
    }

    /// A template with its placeholders filled in.
    pub(super) fn fill(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (key, value) in &self.0 {
            text = text.replace(key, value);
        }
        text
    }
}

fn set(all: &mut BTreeMap<&'static str, String>, key: &'static str, value: Option<&str>) {
    if let Some(value) = value {
        all.insert(key, value.to_owned());
    }
}

/// The requirement with this name in a list.
fn named<'v>(list: Option<&'v Value>, name: &str) -> Option<&'v str> {
    let mut items = list?.as_array()?.iter().filter_map(Value::as_str);
    items.rfind(|item| {
        item.strip_prefix(name)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-'))
    })
}
