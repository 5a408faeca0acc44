//! What a check saw.

use diagnostic::{Diagnostic, Severity};
use serde::Serialize;

use super::Repair;

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// As it should be.
    Fine,
    /// It works, and could be better or matters elsewhere.
    Advice,
    /// It stops the work.
    Wrong,
}

/// One thing that was seen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckOutcome {
    /// How it is.
    pub health: Health,
    /// What was seen, in a line.
    pub seen: String,
    /// What is the matter, where something is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<Diagnostic>,
    /// What is worth knowing, where there is no fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
    /// The command that mends it on this system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// What `wr` may do about it itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repair: Option<Repair>,
}

impl CheckOutcome {
    /// All is well.
    pub(super) fn fine(seen: impl Into<String>) -> Self {
        Self {
            health: Health::Fine,
            seen: seen.into(),
            finding: None,
            advice: None,
            command: None,
            repair: None,
        }
    }

    /// It works, and something is worth knowing.
    pub(super) fn advice(seen: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            health: Health::Advice,
            advice: Some(advice.into()),
            ..Self::fine(seen)
        }
    }

    /// It stops the work, and its own words say all that there is to say.
    pub(super) fn wrong(seen: impl Into<String>, help: Option<String>) -> Self {
        Self {
            health: Health::Wrong,
            advice: help,
            ..Self::fine(seen)
        }
    }

    /// A fault: the severity of the finding says whether it stops the work.
    pub(super) fn found(finding: Diagnostic) -> Self {
        Self {
            health: match finding.severity {
                Severity::Error => Health::Wrong,
                Severity::Warning | Severity::Advice => Health::Advice,
            },
            seen: finding.message.clone(),
            finding: Some(finding),
            ..Self::fine("")
        }
    }

    /// The command that mends it.
    #[must_use]
    pub(super) fn command(mut self, command: impl Into<String>) -> Self {
        self.command = Some(command.into());
        self
    }

    /// What `wr` may do about it.
    #[must_use]
    pub(super) fn repair(mut self, repair: Repair) -> Self {
        self.repair = Some(repair);
        self
    }
}
