//! Whether a crate is made of what lies in its own directory, as far as manifests and sources tell.

use std::path::Path;

use toml::{Table, Value};

use super::{read, workspace_of};
use crate::subject::search;
use crate::system::{System, SystemExt};

/// The tables of a manifest that name dependencies, by both spellings that cargo knows.
const DEPENDENCIES: [&str; 5] = [
    "dependencies",
    "dev-dependencies",
    "dev_dependencies",
    "build-dependencies",
    "build_dependencies",
];

/// What of a text reads another file while it is compiled.
const INCLUDES: [&str; 4] = ["include", "#[path", "#![path", "env!("];

/// Whether a crate has a build script: the file that its manifest names, else `build.rs` where there is one (cargo book,
/// "The Manifest Format", `package.build`). A crate whose manifest cannot be read may have one.
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

/// Whether all that the code of a crate is made of, packages from a registry aside, lies below its manifest's directory. No
/// counts where it cannot be told: a build script may look at anything.
pub(crate) fn stands_alone(system: &dyn System, manifest: &Path) -> bool {
    let (Some(dir), Some(own)) = (manifest.parent(), table(system, manifest)) else {
        return false;
    };
    let workspace = workspace_of(system, manifest).and_then(|file| table(system, &file));
    let workspace = workspace.unwrap_or_default();
    !has_build_script(system, dir)
        && !depends_by_path(&own, &workspace)
        && ![&own, &workspace].into_iter().any(replaces_by_path)
        && !is_redirected(system, dir)
        && !reaches_out(system, dir)
}

/// Whether a package depends on a crate by its path, or by one that its workspace names.
fn depends_by_path(own: &Table, workspace: &Table) -> bool {
    let inherited = |name: &str| {
        let named = workspace.get("workspace")?.get("dependencies")?.get(name)?;
        Some(named.get("path").is_some())
    };
    let targets = own.get("target").and_then(Value::as_table);
    let targets = targets.into_iter().flat_map(Table::values);
    std::iter::once(own)
        .chain(targets.filter_map(Value::as_table))
        .flat_map(|table| DEPENDENCIES.iter().filter_map(|name| table.get(*name)))
        .filter_map(Value::as_table)
        .flatten()
        .any(|(name, value)| {
            value.get("path").is_some()
                // What nobody names is cargo's to refuse, until somebody does.
                || (value.get("workspace").is_some() && inherited(name).unwrap_or(true))
        })
}

/// Whether a manifest puts a directory in the place of a package (cargo book, "Overriding Dependencies").
fn replaces_by_path(manifest: &Table) -> bool {
    ["patch", "replace"]
        .iter()
        .filter_map(|name| manifest.get(*name))
        .any(names_path)
}

fn names_path(value: &Value) -> bool {
    let Some(table) = value.as_table() else {
        return false;
    };
    table.contains_key("path") || table.values().any(names_path)
}

/// Whether cargo's settings put a directory in the place of a package.
fn is_redirected(system: &dyn System, dir: &Path) -> bool {
    dir.ancestors()
        .flat_map(|dir| ["config.toml", "config"].map(|name| dir.join(".cargo").join(name)))
        .filter_map(|file| table(system, &file))
        .any(|settings| settings.contains_key("paths") || replaces_by_path(&settings))
}

/// Whether a source names a file outside of the directory that it includes.
fn reaches_out(system: &dyn System, dir: &Path) -> bool {
    search::any_source(system, dir, &|text| {
        INCLUDES.iter().any(|mark| text.contains(mark))
            && (text.contains("../") || text.contains("(\"/"))
    })
}

fn table(system: &dyn System, file: &Path) -> Option<Table> {
    read(system, file).ok()?
}
