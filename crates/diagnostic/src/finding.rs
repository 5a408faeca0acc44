//! The type for findings.

use serde::{Deserialize, Serialize};

use crate::{Code, Evidence, SourceLocation};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; no action needed.
    Advice,
    /// Works here, but fails elsewhere or later.
    Warning,
    /// The reason it doesn't build, import or work.
    Error,
}

/// One finding: what's wrong, how we know, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The stable code; `wr explain CODE` shows its page.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// One line in plain words, without a full stop.
    pub message: String,
    /// The evidence, most important first.
    pub evidence: Vec<Evidence>,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hint: Option<String>,
}

impl Diagnostic {
    /// Adds a piece of evidence.
    #[must_use]
    pub fn because(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }

    /// Adds what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Changes how much it matters; a rule's diagnostics start as errors.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The first place that the evidence names, for an editor to open.
    pub fn location(&self) -> Option<&SourceLocation> {
        self.locations().next()
    }

    /// All places that the evidence names.
    pub fn locations(&self) -> impl Iterator<Item = &SourceLocation> {
        self.evidence.iter().filter_map(|evidence| match evidence {
            Evidence::Source { location, .. } => Some(location),
            _ => None,
        })
    }
}
