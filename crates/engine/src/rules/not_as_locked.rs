//! The tests ran with package versions that differ from the project's lock file.
//!
//! A lock file (`uv.lock`, `pylock.toml` or `poetry.lock`) records the versions that a project was tested with; with other
//! versions, tests may fail or pass. `wr` installs the locked versions if it can. It can't if a version doesn't
//! exist for the Python in use, if it conflicts with another requirement, or if the packages in the project's own
//! environment were installed some other way.
//!
//! ## Example
//!
//! ```text
//! uv.lock says numpy 1.26.4, but 2.3.1 is installed
//! ```
//!
//! ## What to do
//!
//! If the environment is your own, bring it up to date: `uv sync`, `poetry sync`, or `pip install -r` with the locked
//! versions. Otherwise use the Python that the lock file was made for, or update the lock file:
//! `uv lock --upgrade-package NAME` or `poetry update NAME`. `wr` itself needs pytest 7 or later.
//!
//! ## Where it is specified
//!
//! uv's documentation, "Locking and syncing"; Poetry's documentation, "Installing dependencies"; [PEP 751](https://peps.python.org/pep-0751/).

use diagnostic::{Diagnostic, Evidence, Rule, Severity, some};

pub(crate) const RULE: Rule =
    Rule::new("WR0415", "not-as-locked", include_str!("not_as_locked.rs"));

/// A distribution whose installed version isn't in the lock file.
pub(crate) struct Deviation {
    pub(crate) name: String,
    /// The versions in the lock file.
    pub(crate) locked: String,
    pub(crate) installed: String,
}

/// How many are named in the message.
const SHOWN: usize = 3;

pub(crate) fn finding(lock_file: &str, deviations: &[Deviation]) -> Option<Diagnostic> {
    if deviations.is_empty() {
        return None;
    }
    let names: Vec<String> = deviations
        .iter()
        .map(|one| format!("{} {}", one.name, one.installed))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let finding = RULE
        .finding(format!(
            "the tests ran with versions that aren't in {lock_file}: {}",
            some(&names, SHOWN)
        ))
        .severity(Severity::Warning);
    let finding = deviations.iter().fold(finding, |finding, one| {
        finding.because(Evidence::mismatch(
            one.name.clone(),
            one.locked.clone(),
            one.installed.clone(),
        ))
    });
    Some(finding.hint(
        "bring the environment up to date (`uv sync`), use the Python that the lock file was made for, or update the lock file",
    ))
}
