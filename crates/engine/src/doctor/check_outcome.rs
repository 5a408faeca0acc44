//! An outcome of a check.

use diagnostic::{Diagnostic, Severity};
use serde::Serialize;

use super::Repair;

/// The state of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// Everything is fine.
    Fine,
    /// It works, but could be better, or matters elsewhere.
    Advice,
    /// It prevents work.
    Wrong,
}

/// One thing that a check found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckOutcome {
    /// Its state.
    pub health: Health,
    /// What was found, in one line.
    pub message: String,
    /// What is wrong, if anything is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<Diagnostic>,
    /// Advice, if nothing is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
    /// The command that fixes it on this system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// How `wr` can fix it itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repair: Option<Repair>,
}

impl CheckOutcome {
    /// Everything is fine.
    pub(super) fn fine(message: impl Into<String>) -> Self {
        Self {
            health: Health::Fine,
            message: message.into(),
            finding: None,
            advice: None,
            command: None,
            repair: None,
        }
    }

    /// It works, with advice.
    pub(super) fn advice(message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            health: Health::Advice,
            advice: Some(advice.into()),
            ..Self::fine(message)
        }
    }

    /// It prevents work, and `message` says why.
    pub(super) fn wrong(message: impl Into<String>, help: Option<String>) -> Self {
        Self {
            health: Health::Wrong,
            advice: help,
            ..Self::fine(message)
        }
    }

    /// A problem: the severity of the finding says whether it prevents work.
    pub(super) fn found(finding: Diagnostic) -> Self {
        Self {
            health: match finding.severity {
                Severity::Error => Health::Wrong,
                Severity::Warning | Severity::Advice => Health::Advice,
            },
            message: finding.message.clone(),
            finding: Some(finding),
            ..Self::fine("")
        }
    }

    /// Adds the command that fixes it.
    #[must_use]
    pub(super) fn command(mut self, command: impl Into<String>) -> Self {
        self.command = Some(command.into());
        self
    }

    /// Adds how `wr` can fix it.
    #[must_use]
    pub(super) fn repair(mut self, repair: Repair) -> Self {
        self.repair = Some(repair);
        self
    }
}
