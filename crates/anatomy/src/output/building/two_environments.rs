//! A virtual environment and a conda environment are active at the same time.
//!
//! Both `VIRTUAL_ENV` and `CONDA_PREFIX` are set. PyO3 doesn't guess which one you mean: it ignores both and builds for
//! the first `python` on `PATH`. maturin refuses to continue:
//!
//! ```text
//! warning: Both VIRTUAL_ENV and CONDA_PREFIX are set. PyO3 will ignore both of these for locating the Python interpreter until you unset one of them.
//! ```
//!
//! The extension may then be built for a different Python than the one that imports it.
//!
//! ## Example
//!
//! The shell activates conda's `base` when it starts, and you activate a `.venv` by hand.
//!
//! ## What to do
//!
//! Deactivate one of them: `conda deactivate` (permanently: `conda config --set auto_activate false`, which older
//! versions call `auto_activate_base`), or `deactivate` for the virtual environment.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Configuring the Python
//! version](https://pyo3.rs/latest/building-and-distribution.html#configuring-the-python-version).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use crate::output::OutputContext;
use crate::output::text::Output;

/// The rule itself, for callers that know the cause from evidence other than printed output.
pub static RULE: Rule = Rule::new(
    "WR0208",
    "two-environments",
    include_str!("two_environments.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output.line_with(&["Both VIRTUAL_ENV and CONDA_PREFIX are set"])?;
    // PyO3 continues with another interpreter; maturin stops.
    let severity = if line.contains("Please unset one of them") {
        Severity::Error
    } else {
        Severity::Warning
    };
    Some(
        output
            .finding(
                &RULE,
                line,
                "a virtual environment and a conda environment are both active, so neither is used",
            )
            .severity(severity)
            .because(Evidence::Variable {
                name: "VIRTUAL_ENV".to_owned(),
                value: None,
            })
            .because(Evidence::Variable {
                name: "CONDA_PREFIX".to_owned(),
                value: None,
            })
            .hint("leave one of them with `conda deactivate` or `deactivate`"),
    )
}
