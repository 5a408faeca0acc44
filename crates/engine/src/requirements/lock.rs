//! Lock files: uv's own, Poetry's, and PEP 751's. Their versions become constraints, so that only what the tests need is installed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anatomy::normalized_distribution;
use toml::{Table, Value};

use crate::manifest;
use crate::system::System;

/// The names of lock files, in the order in which they're looked for.
pub(super) const NAMES: [&str; 3] = ["uv.lock", "pylock.toml", "poetry.lock"];

/// A lock file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Lock {
    pub(super) file: PathBuf,
    /// `name==version`, with a marker if the version is only for certain environments.
    pub(super) constraints: Vec<String>,
}

/// The lock file of a project, or of the workspace that it is a member of.
pub(super) fn find(system: &dyn System, root: &Path, workspace: Option<&Path>) -> Option<Lock> {
    let of_workspace = workspace.into_iter().map(|dir| dir.join("uv.lock"));
    NAMES
        .iter()
        .map(|name| root.join(name))
        .chain(of_workspace)
        .find_map(|file| {
            let table: Table = manifest::read(system, &file).ok()??;
            let constraints = constraints(&table);
            Some(Lock { file, constraints })
        })
}

/// The constraints of any such file.
pub(super) fn constraints(lock: &Table) -> Vec<String> {
    let of_tools = lock.get("package").and_then(Value::as_array);
    let standard = lock.get("packages").and_then(Value::as_array);
    let mut by_name: BTreeMap<String, Vec<(String, Option<String>)>> = BTreeMap::new();
    for package in of_tools.into_iter().chain(standard).flatten() {
        if let Some((name, version, marker)) = chosen(package) {
            by_name.entry(name).or_default().push((version, marker));
        }
    }
    by_name
        .into_iter()
        // If there are several versions, each needs a marker.
        .filter(|(_, versions)| {
            versions.len() == 1 || versions.iter().all(|(_, marker)| marker.is_some())
        })
        .flat_map(|(name, versions)| {
            versions
                .into_iter()
                .map(move |(version, marker)| match marker {
                    Some(marker) => format!("{name}=={version} ; {marker}"),
                    None => format!("{name}=={version}"),
                })
        })
        .collect()
}

/// A package from an index, with its version and marker. A version doesn't identify a package from anywhere else.
fn chosen(package: &Value) -> Option<(String, String, Option<String>)> {
    let text = |key: &str| package.get(key).and_then(Value::as_str);
    let is_of_index = match package.get("source") {
        // `legacy` is Poetry's word for an index that isn't PyPI.
        Some(source) => {
            let kind = source.get("type").and_then(Value::as_str);
            source.get("registry").is_some() || kind == Some("legacy")
        }
        None => ["vcs", "directory", "archive"]
            .iter()
            .all(|key| package.get(key).is_none()),
    };
    if !is_of_index {
        return None;
    }
    let forks: Vec<&str> = package
        .get("resolution-markers")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let marker = match forks.as_slice() {
        [] => text("marker")
            .map(str::to_owned)
            .or_else(|| marker_of_poetry(package)),
        all => Some(any_of(all)),
    };
    // The local part of a version comes from the index that served it.
    let version = text("version")?.split('+').next()?.to_owned();
    Some((normalized_distribution(text("name")?), version, marker))
}

/// What Poetry says that a package is for: a marker, or one for each group that needs it, where all of them have one. Which extras
/// are installed is decided elsewhere.
fn marker_of_poetry(package: &Value) -> Option<String> {
    let marker = match package.get("markers")? {
        Value::String(marker) => marker.clone(),
        Value::Table(markers) => {
            let groups = package.get("groups").and_then(Value::as_array);
            let mut groups = groups.into_iter().flatten().filter_map(Value::as_str);
            if groups.any(|group| !markers.contains_key(group)) {
                return None;
            }
            let markers: Vec<&str> = markers.values().filter_map(Value::as_str).collect();
            any_of(&markers)
        }
        _ => return None,
    };
    (!marker.contains("extra ")).then_some(marker)
}

/// A marker that holds where one of several does.
fn any_of(markers: &[&str]) -> String {
    match markers {
        [one] => (*one).to_owned(),
        all => format!("({})", all.join(") or (")),
    }
}
