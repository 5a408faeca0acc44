//! Two versions of PyO3 are in one dependency graph.
//!
//! `pyo3-ffi` says that it links `python`, and cargo lets only one package say so: two would each have their own idea
//! of the interpreter, and their types would not fit together. So it stops:
//!
//! ```text
//! error: failed to select a version for `pyo3-ffi`.
//! Only one package in the dependency graph may specify the same links value.
//! ```
//!
//! ## Example
//!
//! The crate uses `pyo3 = "0.30"`, and a dependency such as `numpy = "0.20"` still uses PyO3 0.20.
//!
//! ## What to do
//!
//! Bring all of them to one version: crates that build upon PyO3 (`numpy`, `pyo3-async-runtimes`, `pythonize`, …) carry
//! the version of PyO3 that they are for, often as their own. `cargo tree -i pyo3` shows who asks for which.
//!
//! ## Where it is specified
//!
//! The cargo book under [the links
//! field](https://doc.rust-lang.org/cargo/reference/build-scripts.html#the-links-manifest-key) and [links in the
//! resolver](https://doc.rust-lang.org/cargo/reference/resolver.html#links).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

/// The rule.
pub static RULE: Rule = Rule::new("WR0212", "two-pyo3", include_str!("two_pyo3.rs"));

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output
        .line_with(&["links to the native library `python`"])
        .or_else(|| output.line_with(&["`links = \"python\"`"]))?;
    let mut finding = output.finding(
        &RULE,
        line,
        "two versions of PyO3 are in one dependency graph",
    );
    // Cargo names who asks for each on the lines of its explanation.
    for line in output
        .lines()
        .filter(|line| {
            line.contains("pyo3")
                && (line.contains("satisfies dependency") || line.contains("package `"))
        })
        .filter(|line| !line.contains("links to the native library"))
        .take(4)
    {
        finding = finding.because(output.evidence(line));
    }
    Some(finding.hint("bring every crate that uses PyO3 to one version; `cargo tree -i pyo3` shows who asks for which"))
}
