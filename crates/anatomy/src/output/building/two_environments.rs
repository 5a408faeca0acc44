//! A virtual environment and a conda environment are active at once.
//!
//! Both `VIRTUAL_ENV` and `CONDA_PREFIX` are set. PyO3 does not guess which is meant, ignores both, and builds for
//! whichever `python` comes first on `PATH`; maturin refuses to go on:
//!
//! ```text
//! warning: Both VIRTUAL_ENV and CONDA_PREFIX are set. PyO3 will ignore both of these for locating the Python interpreter until you unset one of them.
//! ```
//!
//! The extension may then be built for another Python than the one that imports it.
//!
//! ## Example
//!
//! A shell in which conda's `base` is activated at start, and a `.venv` by hand.
//!
//! ## What to do
//!
//! Leave one of them: `conda deactivate` (for good: `conda config --set auto_activate false`, which older ones call
//! `auto_activate_base`), or `deactivate` for the virtual environment.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Configuring the Python
//! version](https://pyo3.rs/latest/building-and-distribution.html#configuring-the-python-version).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use crate::output::OutputContext;
use crate::output::text::Output;

/// The rule, for whoever knows the same from other evidence than a text.
pub static RULE: Rule = Rule::new(
    "WR0208",
    "two-environments",
    include_str!("two_environments.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output.line_with(&["Both VIRTUAL_ENV and CONDA_PREFIX are set"])?;
    // PyO3 goes on with another interpreter; maturin stops.
    let severity = if line.contains("Please unset one of them") {
        Severity::Error
    } else {
        Severity::Warning
    };
    Some(
        output
            .finding(&RULE, line, "a virtual environment and a conda environment are active at once, and neither is used")
            .severity(severity)
            .because(Evidence::Variable {
                name: "VIRTUAL_ENV".to_owned(),
                value: None,
            })
            .because(Evidence::Variable {
                name: "CONDA_PREFIX".to_owned(),
                value: None,
            })
            .hint("leave one of them: `conda deactivate`, or `deactivate`"),
    )
}
