//! `Cargo.lock`: the locked PyO3 versions, and the packages that depend on them.

use serde::Serialize;
use toml::{Table, Value};

/// One of PyO3's packages in the lock file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LockedPackage {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The packages that depend on it, as written in the lock file.
    pub needed_by: Vec<String>,
}

/// Two versions are already too many. Each one is searched for in the dependencies of all packages.
const MOST: usize = 32;

/// The `pyo3` and `pyo3-ffi` packages in a lock file.
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

/// A dependency is written as just its name if that's enough, otherwise with its version.
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
