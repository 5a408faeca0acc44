//! The answer to whether an extension loads.

use diagnostic::{Diagnostic, Severity};
use serde::Serialize;

use crate::output::importing::library_missing;

/// Whether an extension loads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Loads {
    /// Nothing stops it.
    Yes,
    /// The file doesn't show it.
    Unknown,
    /// Something prevents it.
    No,
}

/// Whether a free-threaded Python keeps running without the GIL once the extension is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Gil {
    /// The extension declares that it doesn't need the GIL.
    StaysOff,
    /// The file doesn't show it.
    Unknown,
    /// The extension doesn't declare it, so Python turns the GIL on.
    TurnsOn,
}

/// Whether an extension loads on a Python, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Whether it loads.
    pub loads: Loads,
    /// What happens to the GIL, if the Python is free-threaded and the extension may load.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gil: Option<GilAnswer>,
    /// What prevents it, or may go wrong; errors first.
    pub findings: Vec<Diagnostic>,
    /// Why the answer is unknown, if it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undecided: Option<String>,
}

/// What happens to the GIL, and how we know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GilAnswer {
    /// What happens to it.
    pub gil: Gil,
    /// How we know, as a clause such as `PyO3 0.30.1 declares it by default`.
    pub reason: String,
}

impl Answer {
    /// Builds the answer from findings: an error means that it doesn't load.
    pub(super) fn of(mut findings: Vec<Diagnostic>) -> Self {
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        Self {
            loads: if is_stopped(&findings) {
                Loads::No
            } else {
                Loads::Yes
            },
            gil: None,
            findings,
            undecided: None,
        }
    }

    /// Keeps the findings that count. If none of them prevents loading any more, the answer changes accordingly.
    pub fn retain(&mut self, counts: impl Fn(&Diagnostic) -> bool) {
        self.findings.retain(counts);
        if self.loads == Loads::No && !is_stopped(&self.findings) {
            self.loads = Loads::Yes;
        }
    }

    /// A shared library that it needs isn't in any place where the loader looks. If it's next to the extension, the
    /// package may load it first.
    pub fn lacks(&mut self, library: &str, is_beside: bool) {
        let finding = library_missing::RULE
            .finding(format!(
                "it needs the library `{library}`, which isn't in any place where the loader looks"
            ))
            .hint("install the library, or a build of the extension that includes it");
        if is_beside {
            self.findings.push(finding.severity(Severity::Warning));
            self.leave_open(format!(
                "it depends on whether the package loads `{library}` before the extension"
            ));
        } else {
            self.findings.insert(0, finding);
            self.loads = Loads::No;
            self.gil = None;
            self.undecided = None;
        }
    }

    /// Nothing known prevents it, but it may still not load.
    pub(super) fn leave_open(&mut self, why: String) {
        if self.loads == Loads::Yes {
            self.loads = Loads::Unknown;
            self.undecided = Some(why);
        }
    }
}

/// Whether one of the findings prevents it from loading.
pub(super) fn is_stopped(findings: &[Diagnostic]) -> bool {
    findings
        .iter()
        .any(|finding| finding.severity == Severity::Error)
}
