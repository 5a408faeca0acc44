//! The state of the target directories at the last look. Cargo overwrites its fingerprints, so earlier ones are
//! known only if they were saved here.

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
    pub(super) runs: BTreeMap<String, RecordedRun>,
}

/// A run of a build script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RecordedRun {
    /// When it was, in nanoseconds since the Unix epoch.
    pub(super) at: i128,
    pub(super) variables: BTreeMap<String, Option<String>>,
}

impl BuildHistory {
    /// Loads what was recorded; empty before the first look.
    pub(super) fn load(machine: &Machine<'_>) -> Self {
        let recorded = machine
            .state_dir()
            .and_then(|dir| machine.system.read(&dir.join(FILE)).ok());
        recorded
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    /// The last look at a directory.
    pub(super) fn of(&self, dir: &Path) -> BuildSnapshot {
        let known = self.0.get(&dir.display().to_string());
        known.cloned().unwrap_or_default()
    }

    /// Records the current state.
    pub(super) fn record(mut self, machine: &Machine<'_>, dir: &Path, units: &[Unit]) {
        let runs = units.iter().filter_map(|unit| {
            let variables = unit.run()?.variables.clone();
            let at = unit.at;
            Some((key(unit), RecordedRun { at, variables }))
        });
        let look = BuildSnapshot {
            at: machine.system.clock(),
            runs: runs.collect(),
        };
        self.0.insert(dir.display().to_string(), look);
        if let (Some(state), Ok(text)) = (machine.state_dir(), serde_json::to_vec(&self)) {
            // If this fails, the next look has less to compare with.
            let _ = machine.system.write(&state.join(FILE), &text);
        }
    }
}

/// What distinguishes a run from the others in its directory.
pub(super) fn key(unit: &Unit) -> String {
    format!("{}/{}-{}", unit.profile_dir, unit.package, unit.id)
}

/// Where the looks are recorded, in the directory of `wr`'s own files.
const FILE: &str = "doctor/pyo3-builds.json";
