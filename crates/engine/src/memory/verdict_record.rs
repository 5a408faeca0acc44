//! A verdict that still holds.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::inputs::Inputs;
use crate::system::System;
use crate::verdict::{Status, Verdict};

/// A verdict with all that it rests on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct VerdictRecord {
    key: String,
    tree: Inputs,
    beyond: Inputs,
    verdict: Verdict,
}

impl VerdictRecord {
    /// Whether a verdict is worth remembering: what went wrong by crash, time or machine may go otherwise next time.
    pub(crate) fn is_worth(verdict: &Verdict) -> bool {
        matches!(
            verdict.status,
            Status::Solved
                | Status::Unfinished
                | Status::DoesNotCompile
                | Status::DoesNotImport
                | Status::TestsFail
                | Status::Tampered
        )
    }

    /// A verdict that rests on the files of the subject's tree and on others beyond it.
    pub(crate) fn new(key: String, tree: Inputs, beyond: Inputs, verdict: Verdict) -> Self {
        Self {
            key,
            tree,
            beyond,
            verdict,
        }
    }

    /// The record in a file, where it was made under the same key.
    pub(crate) fn load(system: &dyn System, file: &Path, key: &str) -> Option<Self> {
        let record: Self = serde_json::from_slice(&system.read(file).ok()?).ok()?;
        (record.key == key).then_some(record)
    }

    /// The state of the tree when the verdict was found, by which files that have not changed need not be read again.
    pub(crate) fn tree(&self) -> &Inputs {
        &self.tree
    }

    /// The verdict, where it still holds.
    pub(crate) fn verdict(self, system: &dyn System, tree: &Inputs) -> Option<Verdict> {
        if self.tree != *tree || !self.beyond.hold(system) {
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
