//! The packages that the tests need could not be installed.
//!
//! The tests need pytest and the dependencies of the exercise or project. Installing them needs the network once;
//! afterwards everything works offline.
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
//! If the network was down, start again when it's back: finished steps are kept, and the set-up continues from
//! there. If a package doesn't exist or has no build for this Python, the installer's own message names it.
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

/// What pip and uv print when they can't reach the index.
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

pub(crate) fn finding(requirements: &[String], command: &str, output: &str) -> Diagnostic {
    let offline = OFFLINE.iter().any(|mark| output.contains(mark));
    let what = requirements.join(", ");
    let finding = if offline {
        RULE.finding(format!(
            "the package index can't be reached, and the tests need {what}"
        ))
        .hint("start again when the network is back; finished steps are kept, and the network is needed only this once")
    } else {
        RULE.finding(format!("these packages could not be installed: {what}"))
            .hint("the installer's own message names the package and the reason")
    };
    finding.because(Evidence::output(command, output.trim()))
}
