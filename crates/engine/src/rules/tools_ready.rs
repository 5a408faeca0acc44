//! The tools that the course needs are in place.
//!
//! The first exercise looks at the machine before anything depends on it: the Rust tool chain, a Python interpreter, a virtual
//! environment with pytest in it.
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
//! Nothing: begin with the next exercise.
//!
//! ## Where it is specified
//!
//! The README, "Start the course", names what is needed.

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

pub(crate) const RULE: Rule = Rule::new("WR0410", "tools-ready", include_str!("tools_ready.rs"));

/// `tools` are names with what is known of them.
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
