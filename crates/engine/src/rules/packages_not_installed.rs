//! The packages that the tests need could not be installed.
//!
//! The tests need pytest and what the exercise or project names among its dependencies. Installing them needs the network
//! once; afterwards everything works without it.
//!
//! ## Example
//!
//! ```text
//! ERROR: Could not find a version that satisfies the requirement pytest>=7.0 (from versions: none)
//! ERROR: No matching distribution found for pytest>=7.0
//! ```
//!
//! ## What to do
//!
//! When the network was away, start again when it is back: what was done is kept, and the set-up goes on from there. When a
//! package does not exist or has no build for this Python, the installer's own words name it.
//!
//! ## Where it is specified
//!
//! The Python packaging user guide, "Installing packages".

use diagnostic::{Diagnostic, Evidence, Rule};

pub(crate) const RULE: Rule = Rule::new(
    "WR0405",
    "packages-not-installed",
    include_str!("packages_not_installed.rs"),
);

/// What installers print when they do not reach the index, of pip and of uv.
const OFFLINE: [&str; 9] = [
    "NewConnectionError",
    "NameResolutionError",
    "Temporary failure in name resolution",
    "Failed to establish a new connection",
    "Connection refused",
    "ConnectTimeoutError",
    "Network is unreachable",
    "dns error",
    "error sending request",
];

pub(crate) fn finding(requirements: &[String], command: &str, said: &str) -> Diagnostic {
    let offline = OFFLINE.iter().any(|mark| said.contains(mark));
    let what = requirements.join(", ");
    let finding = if offline {
        RULE.finding(format!(
            "the package index was not reached, and the tests need {what}"
        ))
        .hint("start again when the network is back: what was done is kept, and it is needed only this once")
    } else {
        RULE.finding(format!("these packages could not be installed: {what}"))
            .hint("the installer's own words below name the package and the reason")
    };
    finding.because(Evidence::output(command, said.trim()))
}
