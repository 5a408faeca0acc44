//! The tools that the course needs are ready.
//!
//! The first exercise checks the machine before anything depends on it: the Rust toolchain, a Python interpreter,
//! and a virtual environment with pytest in it.
//!
//! ## Example
//!
//! ```text
//! WR0410 your tools are ready
//!    rustc: 1.95.0 (59807616e 2026-04-14)
//!    cargo: 1.95.0 (f2d3ce0bd 2026-03-21)
//!    Python: 3.12.4 at /usr/bin/python3
//! ```
//!
//! ## What to do
//!
//! Nothing: start the next exercise.
//!
//! ## Where it is specified
//!
//! The README, "Start the course", lists what is needed.

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

pub(crate) const RULE: Rule = Rule::new("WR0410", "tools-ready", include_str!("tools_ready.rs"));

/// `tools` are names with their versions and places.
pub(crate) fn finding(tools: &[(String, String)]) -> Diagnostic {
    let mut finding = RULE
        .finding("your tools are ready")
        .severity(Severity::Advice);
    for (name, detail) in tools {
        finding = finding.because(Evidence::Program {
            name: name.clone(),
            detail: Some(detail.clone()),
        });
    }
    finding
}
