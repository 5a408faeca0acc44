//! A verdict that still holds.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Seen;
use crate::inputs::Inputs;
use crate::system::System;
use crate::verdict::{Status, Verdict};

/// A verdict with all that it rests on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct VerdictRecord {
    key: String,
    /// The files that are known without building anything.
    files: Inputs,
    /// Those that the code is compiled from.
    built: Inputs,
    /// Those that the tests were seen to read.
    seen: Seen,
    verdict: Verdict,
}

impl VerdictRecord {
    /// Whether a verdict is worth remembering: what went wrong by crash, time or machine may go otherwise next time.
    pub(crate) fn is_worth(verdict: &Verdict) -> bool {
        match verdict.status {
            Status::Solved
            | Status::Unfinished
            | Status::DoesNotImport
            | Status::TestsFail
            | Status::Tampered => true,
            // Of a build that failed the compiler leaves no account of what it read.
            Status::DoesNotCompile
            | Status::Crashed
            | Status::TimedOut
            | Status::EnvironmentBroken => false,
        }
    }

    /// A verdict that rests on these files, on those that the code is compiled from, and on those that the tests read.
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

    /// The state of the files when the verdict was found, by which those that have not changed need not be read again.
    pub(crate) fn files(&self) -> &Inputs {
        &self.files
    }

    /// The verdict, where it holds under this key with the files in this state.
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
            // Without it the same verdict is found again.
            let _ = system.write(file, &text);
        }
    }
}
