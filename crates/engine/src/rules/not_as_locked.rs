//! The tests ran with other versions than the project's lock file chose.
//!
//! A lock file (`uv.lock`, or `pylock.toml`) says which versions a project was tried with, and tests may fail or pass with others.
//! `wr` installs the versions of the lock where it can. It cannot where a version does not exist for the Python in use, where
//! it does not suit what else is needed, or where the project's own environment was filled by something else.
//!
//! ## Example
//!
//! ```text
//! uv.lock says numpy 1.26.4, and 2.3.1 is installed
//! ```
//!
//! ## What to do
//!
//! In an environment of your own, bring it up to date: `uv sync`, or `pip install -r` with the locked versions. Otherwise take
//! the Python that the lock was made for, or make the lock anew: `uv lock --upgrade-package NAME`. `wr` itself needs pytest 7 or
//! later.
//!
//! ## Where it is specified
//!
//! uv's documentation, "Locking and syncing"; [PEP 751](https://peps.python.org/pep-0751/).

use diagnostic::{Diagnostic, Evidence, Rule, Severity, some};

pub(crate) const RULE: Rule =
    Rule::new("WR0415", "not-as-locked", include_str!("not_as_locked.rs"));

/// A distribution that is installed in a version that the lock file does not name.
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
            "the tests ran with other versions than {lock_file} chose: {}",
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
        "bring the environment up to date (`uv sync`), take the Python that the lock was made for, or make the lock anew",
    ))
}
