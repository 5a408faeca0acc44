//! What the target directories said at the last look: cargo overwrites its notes, so that what was there before is known only to
//! whoever has looked before.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::units::Unit;
use crate::doctor::Machine;

/// The last look at each target directory.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct BuildHistory(BTreeMap<String, BuildSnapshot>);

/// A look at a target directory: the runs of build scripts by their key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct BuildSnapshot {
    /// When it was, in nanoseconds since the Unix epoch.
    pub(super) at: i128,
    pub(super) runs: BTreeMap<String, Noted>,
}

/// A build script's run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Noted {
    /// When it was, in nanoseconds since the Unix epoch.
    pub(super) at: i128,
    pub(super) variables: BTreeMap<String, Option<String>>,
}

impl BuildHistory {
    /// What was noted; nothing where nobody looked yet.
    pub(super) fn load(machine: &Machine<'_>) -> Self {
        let noted = machine
            .state_dir()
            .and_then(|dir| machine.system.read(&dir.join(FILE)).ok());
        noted
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    /// The last look at a directory.
    pub(super) fn of(&self, dir: &Path) -> BuildSnapshot {
        let known = self.0.get(&dir.display().to_string());
        known.cloned().unwrap_or_default()
    }

    /// Notes what is there now.
    pub(super) fn note(mut self, machine: &Machine<'_>, dir: &Path, units: &[Unit]) {
        let runs = units.iter().filter_map(|unit| {
            let variables = unit.run()?.variables.clone();
            let at = unit.at;
            Some((key(unit), Noted { at, variables }))
        });
        let look = BuildSnapshot {
            at: machine.system.clock(),
            runs: runs.collect(),
        };
        self.0.insert(dir.display().to_string(), look);
        if let (Some(state), Ok(text)) = (machine.state_dir(), serde_json::to_vec(&self)) {
            // Without it, the next look has less to compare with.
            let _ = machine.system.write(&state.join(FILE), &text);
        }
    }
}

/// What tells a run from the others in its directory.
pub(super) fn key(unit: &Unit) -> String {
    format!("{}/{}-{}", unit.profile_dir, unit.package, unit.id)
}

/// Where the looks are noted, below the directory of `wr`'s own files.
const FILE: &str = "doctor/pyo3-builds.json";
