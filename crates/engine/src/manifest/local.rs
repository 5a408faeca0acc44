//! The local packages that a build compiles, as opposed to those from a registry, according to the manifests.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::{read, workspace_of};
use crate::system::{System, SystemExt};

/// Whether a crate has a build script: the file that its manifest names, otherwise `build.rs` if it exists (cargo book, "The
/// Manifest Format", `package.build`). A crate whose manifest can't be read may have one.
pub(crate) fn has_build_script(system: &dyn System, dir: &Path) -> bool {
    let Some(manifest) = table(system, &dir.join("Cargo.toml")) else {
        return true;
    };
    match manifest
        .get("package")
        .and_then(|package| package.get("build"))
    {
        None => system.is_file(&dir.join("build.rs")),
        Some(Value::Boolean(wanted)) => *wanted,
        Some(_) => true,
    }
}

/// The manifests of a package and of its path dependencies, direct and indirect.
pub(crate) fn local_packages(system: &dyn System, manifest: &Path) -> BTreeSet<PathBuf> {
    let mut seen = BTreeSet::new();
    let mut open = vec![manifest.to_owned()];
    while let Some(manifest) = open.pop() {
        let Some(own) = table(system, &manifest) else {
            continue;
        };
        if !seen.insert(manifest.clone()) {
            continue;
        }
        let dir = manifest.parent().unwrap_or(&manifest);
        open.extend(paths_in(&own, dir));
        if let Some(workspace) = workspace_of(system, &manifest) {
            // Any member may use the dependencies that the workspace names.
            let root = workspace.parent().unwrap_or(dir).to_owned();
            let table = table(system, &workspace).unwrap_or_default();
            open.extend(paths_in(&table, &root));
        }
    }
    seen
}

/// The manifests that any `path = "…"` in a table points to: dependencies, patches, and those of a workspace.
fn paths_in(table: &Table, dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for (key, value) in table {
        match value {
            Value::String(path) if key == "path" => found.push(dir.join(path).join("Cargo.toml")),
            Value::Table(inner) => found.extend(paths_in(inner, dir)),
            _ => {}
        }
    }
    found
}

fn table(system: &dyn System, file: &Path) -> Option<Table> {
    read(system, file).ok()?
}
