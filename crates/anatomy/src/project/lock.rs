//! `Cargo.lock`: which PyO3 was chosen, and for whom.

use serde::Serialize;
use toml::{Table, Value};

/// A package of PyO3 in the lock file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LockedPackage {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The packages that depend on it, in the lock file's own words.
    pub needed_by: Vec<String>,
}

/// Two versions are too many already. Each is looked for among the dependencies of all packages.
const MOST: usize = 32;

/// The packages `pyo3` and `pyo3-ffi` of a lock file.
pub(super) fn pyo3_packages(text: &str) -> Vec<LockedPackage> {
    let Ok(table) = text.parse::<Table>() else {
        return Vec::new();
    };
    let packages = table.get("package").and_then(Value::as_array);
    let field = |package: &Value, key: &str| package.get(key)?.as_str().map(str::to_owned);
    packages
        .into_iter()
        .flatten()
        .filter_map(|package| Some((field(package, "name")?, field(package, "version")?)))
        .filter(|(name, _)| name == "pyo3" || name == "pyo3-ffi")
        .take(MOST)
        .map(|(name, version)| LockedPackage {
            needed_by: packages
                .into_iter()
                .flatten()
                .filter(|other| depends_on(other, &name, &version))
                .filter_map(|other| {
                    Some(format!(
                        "{} {}",
                        field(other, "name")?,
                        field(other, "version")?
                    ))
                })
                .collect(),
            name,
            version,
        })
        .collect()
}

/// A dependency is written by its name alone where that is enough, else with its version.
fn depends_on(package: &Value, name: &str, version: &str) -> bool {
    package
        .get("dependencies")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .any(|dependency| {
            let mut words = dependency.split(' ');
            words.next() == Some(name) && words.next().is_none_or(|found| found == version)
        })
}
