//! The environment that a build script would have if cargo were called now.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::TargetDirOwner;
use super::tool::is_of_wr;
use crate::build::SHIELDED_FROM;
use crate::doctor::Machine;
use crate::manifest;

/// The values of variables as a build script would see them.
pub(super) struct CargoEnv<'m> {
    machine: &'m Machine<'m>,
    /// Variables that differ from the process's environment; `None` for those removed.
    set: BTreeMap<String, Option<String>>,
    /// `build.rustflags` of the nearest configuration file that sets it.
    configured_flags: Option<Vec<String>>,
    owner: TargetDirOwner,
    /// Whether flags are configured per target, which only cargo itself can evaluate.
    has_target_flags: bool,
}

impl<'m> CargoEnv<'m> {
    /// For cargo called by hand in `root`: the process's environment, and `[env]` of cargo's configuration files (cargo book,
    /// "Configuration": those of every parent directory, the nearest first, and that of `CARGO_HOME`).
    pub(super) fn of_cargo(machine: &'m Machine<'m>, root: &Path) -> Self {
        let mut set = BTreeMap::new();
        let home = machine
            .variable("CARGO_HOME")
            .map(PathBuf::from)
            .or_else(|| {
                let home = machine.variable("HOME")?;
                Some(PathBuf::from(home).join(".cargo"))
            });
        let upwards = root.ancestors().map(|dir| dir.join(".cargo"));
        let mut configured_flags = None;
        let mut has_target_flags = false;
        for dir in upwards.chain(home) {
            let Some(table) = read(machine, &dir) else {
                continue;
            };
            for (name, value) in variables(machine, &table, &dir) {
                set.entry(name).or_insert(Some(value));
            }
            let build = table.get("build").and_then(|build| build.get("rustflags"));
            configured_flags = configured_flags.or_else(|| build.map(flags));
            let targets = table.get("target").and_then(toml::Value::as_table);
            has_target_flags |=
                targets.is_some_and(|all| all.values().any(|one| one.get("rustflags").is_some()));
        }
        Self {
            machine,
            set,
            configured_flags,
            owner: TargetDirOwner::Project,
            has_target_flags,
        }
    }

    /// For `wr` itself: several variables don't reach its builds, and PyO3 reads its own configuration file.
    pub(super) fn of_wr(machine: &'m Machine<'m>) -> Self {
        let mut set: BTreeMap<String, Option<String>> = SHIELDED_FROM
            .iter()
            .map(|name| ((*name).to_owned(), None))
            .collect();
        set.insert(
            "PYO3_BUILD_EXTENSION_MODULE".to_owned(),
            Some("1".to_owned()),
        );
        let by_hand = Self::of_cargo(machine, &machine.here);
        Self {
            set,
            owner: TargetDirOwner::Wr,
            ..by_hand
        }
    }

    /// The flags for rustc, if they are known without cargo (cargo book, "Configuration", `build.rustflags`: the first of four
    /// sources that is set counts).
    pub(super) fn rustflags(&self) -> Option<Vec<String>> {
        if let Some(encoded) = self.get("CARGO_ENCODED_RUSTFLAGS") {
            let parts = encoded.split('\u{1f}').filter(|part| !part.is_empty());
            return Some(parts.map(str::to_owned).collect());
        }
        if let Some(plain) = self.get("RUSTFLAGS") {
            return Some(words(&plain));
        }
        if self.has_target_flags {
            return None;
        }
        let built = self.get("CARGO_BUILD_RUSTFLAGS").map(|text| words(&text));
        Some(
            built
                .or_else(|| self.configured_flags.clone())
                .unwrap_or_default(),
        )
    }

    /// The value of a variable in a build that follows one with `was`. `wr` has a PyO3 configuration file for each interpreter
    /// and keeps using the same one, so a file of its own isn't a change.
    pub(super) fn after(&self, was: Option<&str>, name: &str) -> Option<String> {
        let is_kept = self.owner == TargetDirOwner::Wr && name == "PYO3_CONFIG_FILE";
        match was.filter(|file| is_kept && is_of_wr(file)) {
            Some(file) => Some(file.to_owned()),
            None => self.get(name),
        }
    }

    /// The value of a variable, `None` if it isn't set. Unlike elsewhere, an empty variable counts as set.
    fn get(&self, name: &str) -> Option<String> {
        if let Some(value) = self.set.get(name) {
            return value.clone();
        }
        let value = self.machine.env.get(OsStr::new(name))?;
        Some(value.to_string_lossy().into_owned())
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_ascii_whitespace().map(str::to_owned).collect()
}

/// A setting that is a list or a string.
fn flags(setting: &toml::Value) -> Vec<String> {
    let list = setting.as_array().map(|all| {
        let texts = all.iter().filter_map(toml::Value::as_str);
        texts.map(str::to_owned).collect()
    });
    list.unwrap_or_else(|| words(setting.as_str().unwrap_or_default()))
}

/// A cargo configuration file, under either of its names.
fn read(machine: &Machine<'_>, dir: &Path) -> Option<toml::Table> {
    ["config.toml", "config"].iter().find_map(|name| {
        let read = manifest::read::<toml::Table>(machine.system, &dir.join(name));
        read.ok().flatten()
    })
}

/// The variables that `[env]` of a configuration file sets, unless they are already set and not forced.
fn variables(machine: &Machine<'_>, table: &toml::Table, dir: &Path) -> Vec<(String, String)> {
    let env = table.get("env").and_then(toml::Value::as_table);
    env.into_iter()
        .flatten()
        .filter_map(|(name, setting)| {
            let flag = |key: &str| {
                let value = setting.get(key).and_then(toml::Value::as_bool);
                value.unwrap_or(false)
            };
            let value = setting
                .as_str()
                .or_else(|| setting.get("value")?.as_str())?;
            let is_set = machine.env.contains_key(OsStr::new(name));
            if is_set && !flag("force") {
                return None;
            }
            let value = if flag("relative") {
                // Relative to the directory that holds `.cargo`.
                let base = dir.parent().unwrap_or(dir);
                base.join(value).display().to_string()
            } else {
                value.to_owned()
            };
            Some((name.clone(), value))
        })
        .collect()
}
