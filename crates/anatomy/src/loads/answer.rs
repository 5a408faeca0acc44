//! The answer to the question whether an extension loads.

use diagnostic::{Diagnostic, Severity};
use serde::Serialize;

/// Whether an extension loads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Loads {
    /// Nothing stops it.
    Yes,
    /// What the file shows doesn't settle it.
    Unknown,
    /// Something stops it.
    No,
}

/// Whether a free-threaded Python goes on without the GIL once the extension is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Gil {
    /// The extension says that it can do without.
    StaysOff,
    /// What the file shows doesn't settle it.
    Unknown,
    /// The extension says nothing, so Python turns the GIL on.
    TurnsOn,
}

/// Whether an extension loads under a Python, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Whether it loads.
    pub loads: Loads,
    /// Where the Python is free-threaded and the extension may load: what becomes of the GIL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gil: Option<GilAnswer>,
    /// What stops it, or may go wrong; errors first.
    pub findings: Vec<Diagnostic>,
    /// Why the answer isn't known, where it isn't.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<String>,
}

/// What becomes of the GIL, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GilAnswer {
    /// What becomes of it.
    pub gil: Gil,
    /// How that is known, as a clause such as `PyO3 0.30.1 declares it by default`.
    pub because: String,
}

impl Answer {
    /// From what was found: an error stops it.
    pub(super) fn of(mut findings: Vec<Diagnostic>) -> Self {
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let is_stopped = findings
            .iter()
            .any(|finding| finding.severity == Severity::Error);
        Self {
            loads: if is_stopped { Loads::No } else { Loads::Yes },
            gil: None,
            findings,
            open: None,
        }
    }

    /// Nothing is known that stops it, and still it may not load.
    pub(super) fn leave_open(&mut self, why: String) {
        if self.loads == Loads::Yes {
            self.loads = Loads::Unknown;
            self.open = Some(why);
        }
    }
}
