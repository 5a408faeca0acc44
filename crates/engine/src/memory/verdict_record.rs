//! A remembered verdict.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Seen;
use crate::inputs::Inputs;
use crate::system::System;
use crate::verdict::{Status, Verdict};

/// A verdict with everything that it depends on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct VerdictRecord {
    key: String,
    /// The files that are known without building.
    files: Inputs,
    /// The files that the code is compiled from.
    built: Inputs,
    /// The files that the tests were observed to read.
    seen: Seen,
    verdict: Verdict,
}

impl VerdictRecord {
    /// Whether a verdict is worth remembering: after a crash, a timeout or a problem of the machine, the next run may differ.
    pub(crate) fn is_worth(verdict: &Verdict) -> bool {
        match verdict.status {
            Status::Solved
            | Status::Unfinished
            | Status::DoesNotImport
            | Status::TestsFail
            | Status::Tampered => true,
            // After a failed build, it isn't known what the compiler read.
            Status::DoesNotCompile
            | Status::Crashed
            | Status::TimedOut
            | Status::EnvironmentBroken => false,
        }
    }

    /// A verdict that depends on these files, on those that the code is compiled from, and on those that the tests read.
    pub(crate) fn new(
        key: String,
        files: Inputs,
        built: Inputs,
        seen: Seen,
        verdict: Verdict,
    ) -> Self {
        Self {
            key,
            files,
            built,
            seen,
            verdict,
        }
    }

    /// The record in a file, whether it still holds or not.
    pub(crate) fn read(system: &dyn System, file: &Path) -> Option<Self> {
        serde_json::from_slice(&system.read(file).ok()?).ok()
    }

    /// The state of the files at the time of the verdict, so that unchanged ones needn't be read again.
    pub(crate) fn files(&self) -> &Inputs {
        &self.files
    }

    /// The verdict, if it holds for this key and this state of the files.
    pub(crate) fn verdict(self, system: &dyn System, key: &str, files: &Inputs) -> Option<Verdict> {
        if self.key != key
            || self.files != *files
            || !self.built.hold(system)
            || !self.seen.hold(system)
        {
            return None;
        }
        let mut verdict = self.verdict;
        verdict.remembered = true;
        verdict.timings.clear();
        Some(verdict)
    }

    pub(crate) fn save(&self, system: &dyn System, file: &Path) {
        if let Ok(text) = serde_json::to_vec(self) {
            // If this fails, the next run reaches the same verdict again.
            let _ = system.write(file, &text);
        }
    }
}
