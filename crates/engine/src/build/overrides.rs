//! Whether an author has profile settings for a single package.
//!
//! Cargo accepts one override per package in a profile, wherever it's written: in the workspace's manifest, in a
//! configuration file, or in the configuration that `[tool.maturin]` passes on (cargo book, "Profiles", overrides).
//! A second one is an error, even if it sets something else.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::manifest::{self, cargo_files_with_included, cargo_home, settings_of_user};
use crate::system::System;

/// The profiles of a development build: the test profile inherits from `dev`.
const DEVELOPMENT: [&str; 2] = ["dev", "test"];

/// Whether a development profile may contain an override for the package `name` with this manifest. A file that can't be read
/// may contain one.
pub(super) fn may_name(
    system: &dyn System,
    env: &BTreeMap<OsString, OsString>,
    manifest: &Path,
    name: &str,
    config: &[String],
) -> bool {
    any_table(system, env, manifest, config, &|table| {
        DEVELOPMENT.iter().any(|profile| {
            let overrides = value_at(table, &["profile", profile, "package"]);
            let overrides = overrides.and_then(Value::as_table);
            overrides.is_some_and(|all| all.keys().any(|spec| may_match(spec, name)))
        })
    })
}

/// Whether the test profile may differ from the development profile.
pub(crate) fn tests_may_differ(
    system: &dyn System,
    env: &BTreeMap<OsString, OsString>,
    manifest: &Path,
) -> bool {
    let in_environment =
        |name: &OsString| name.as_encoded_bytes().starts_with(b"CARGO_PROFILE_TEST_");
    env.keys().any(in_environment)
        || any_table(system, env, manifest, &[], &|table| {
            value_at(table, &["profile", "test"]).is_some()
        })
}

/// Whether something is true of any file that may set profiles, or of a `--config`.
fn any_table(
    system: &dyn System,
    env: &BTreeMap<OsString, OsString>,
    manifest: &Path,
    config: &[String],
    holds: &dyn Fn(&Table) -> bool,
) -> bool {
    let given = |text: &String| toml::from_str::<Table>(text).map_or(true, |table| holds(&table));
    let in_file = |file: PathBuf| match manifest::read::<Table>(system, &file) {
        Ok(table) => table.is_some_and(|table| holds(&table)),
        Err(_) => true,
    };
    config.iter().any(given) || files(system, env, manifest).into_iter().any(in_file)
}

fn files(system: &dyn System, env: &BTreeMap<OsString, OsString>, manifest: &Path) -> Vec<PathBuf> {
    let dir = manifest.parent().unwrap_or(manifest);
    let mut files = cargo_files_with_included(system, dir);
    if let Some(home) = cargo_home(env) {
        files.extend(settings_of_user(system, &home));
    }
    // Other files, one of which needn't be TOML, set no profile.
    let others = ["Cargo.lock", "rust-toolchain", "rust-toolchain.toml"];
    files.retain(|file| !others.iter().any(|other| file.ends_with(other)));
    // A member may name a workspace that isn't above it (cargo book, "Workspaces", `package.workspace`).
    let own: Option<Table> = manifest::read(system, manifest).ok().flatten();
    let elsewhere = own.and_then(|own| {
        let workspace = value_at(&own, &["package", "workspace"])?.as_str()?;
        Some(dir.join(workspace).join("Cargo.toml"))
    });
    files.extend(elsewhere);
    files
}

fn value_at<'t>(table: &'t Table, keys: &[&str]) -> Option<&'t Value> {
    let (first, rest) = keys.split_first()?;
    rest.iter()
        .try_fold(table.get(*first)?, |value, key| value.get(key))
}

/// Whether a package ID specification may refer to the package `name` (cargo book, "Package ID Specifications"). `*` refers to
/// all packages without another override, and conflicts with none.
fn may_match(spec: &str, name: &str) -> bool {
    if spec == "*" {
        return false;
    }
    if spec.contains('/') {
        // A URL names its package after the `#`, or not at all.
        return true;
    }
    spec.split(['@', ':']).next() == Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specifications_are_matched_by_name() {
        for spec in [
            "x",
            "x@0.1.0",
            "x:0.1",
            "path+file:///a/x",
            "file:///a#x@1.0.0",
        ] {
            assert!(may_match(spec, "x"), "{spec}");
        }
        for spec in ["*", "y", "xy", "xy@0.1.0"] {
            assert!(!may_match(spec, "x"), "{spec}");
        }
    }
}
