//! A digest of everything that a result depends on except files.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::manifest::{cargo_home, settings_of_user};
use crate::system::System;

/// Variables that aren't passed to a run unchanged: it gets its own directory, and none of the others.
pub(crate) const REPLACED: [&str; 4] = ["_", "PWD", "OLDPWD", "WR_LOG"];

/// Variables that differ between terminals. They don't affect builds, but may affect tests.
const TERMINAL_VARIABLES: [&str; 10] = [
    "SHLVL",
    "TERM",
    "TERM_PROGRAM",
    "TERM_PROGRAM_VERSION",
    "COLORTERM",
    "COLUMNS",
    "LINES",
    "WINDOWID",
    "NO_COLOR",
    "CLICOLOR_FORCE",
];

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ForWhat {
    /// A build.
    Build,
    /// The outcome of tests.
    Tests,
}

/// A digest that is being computed.
pub(crate) struct Key(blake3::Hasher);

impl Key {
    /// A key that starts with the version of the runner: another version may judge differently.
    pub(crate) fn new(runner: &str) -> Self {
        Self(blake3::Hasher::new()).and(runner)
    }

    /// Adds a value.
    pub(crate) fn and(mut self, value: &str) -> Self {
        self.0.update(&(value.len() as u64).to_le_bytes());
        self.0.update(value.as_bytes());
        self
    }

    /// Adds the environment variables.
    pub(crate) fn and_env(mut self, env: &BTreeMap<OsString, OsString>, what: ForWhat) -> Self {
        let left_out: &[&str] = match what {
            ForWhat::Build => &TERMINAL_VARIABLES,
            ForWhat::Tests => &[],
        };
        for (name, value) in env {
            if !REPLACED
                .iter()
                .chain(left_out)
                .any(|excluded| name == excluded)
            {
                self = self.and(&format!("{name:?}={value:?}"));
            }
        }
        self
    }

    /// Adds the size and time of a file, or its absence.
    pub(crate) fn and_stamp(self, system: &dyn System, file: &Path) -> Self {
        let stamp = system.stamp(file);
        self.and(&format!("{file:?} {stamp:?}"))
    }

    /// Adds the Rust toolchain: the programs on `PATH`, and rustup's toolchains and settings. Asking `rustc` itself would take
    /// longer than everything else here.
    pub(crate) fn and_toolchain(
        mut self,
        system: &dyn System,
        env: &BTreeMap<OsString, OsString>,
    ) -> Self {
        let variable = |name: &str| env.get(OsStr::new(name)).map(PathBuf::from);
        let path = env.get(OsStr::new("PATH")).map(OsString::as_os_str);
        for program in ["cargo", "rustc", "cc"] {
            if let Some(found) = system.find_program(OsStr::new(program), path, Path::new("/")) {
                self = self.and_stamp(system, &found);
            }
        }
        let home = variable("HOME").or_else(|| variable("USERPROFILE"));
        let rustup = variable("RUSTUP_HOME").or_else(|| Some(home?.join(".rustup")));
        if let Some(rustup) = rustup {
            self = self.and_stamp(system, &rustup.join("settings.toml"));
            for toolchain in system.list(&rustup.join("toolchains")).unwrap_or_default() {
                self = self.and_stamp(system, &toolchain.path.join("bin").join("rustc"));
            }
        }
        if let Some(cargo) = cargo_home(env) {
            for file in settings_of_user(system, &cargo) {
                self = self.and_stamp(system, &file);
            }
        }
        self
    }

    /// The finished key.
    pub(crate) fn finish(self) -> String {
        self.0.finalize().to_hex().to_string()
    }
}
