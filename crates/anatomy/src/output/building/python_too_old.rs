//! The PyO3 version in use no longer supports a Python this old.
//!
//! PyO3 drops old Python versions some time after their end of life. Its build script stops when it finds one:
//!
//! ```text
//! error: the configured Python interpreter version (3.8) is lower than PyO3's minimum supported version (3.9)
//! ```
//!
//! ## Example
//!
//! The system's `python3` is 3.8, but the project was written with a newer one and uses PyO3 0.30.
//!
//! ## What to do
//!
//! Use a newer interpreter: `uv venv --python 3.12`, or `PYO3_PYTHON=python3.12`. If the extension has to run on the
//! old one, use the last PyO3 that supported it.
//!
//! ## Where it is specified
//!
//! The manifest of the crate `pyo3-ffi` lists the supported range under `package.metadata.cpython`.

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::{Output, between};

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new(
    "WR0202",
    "python-too-old",
    include_str!("python_too_old.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output.line_with(&["is lower than PyO3's minimum supported version"])?;
    let found = between(line, "version (", ")")?;
    let oldest = between(line, "minimum supported version (", ")")?;
    Some(
        output
            .finding(
                &RULE,
                line,
                format!("Python {found} is too old for this PyO3, which needs at least {oldest}"),
            )
            .hint(format!(
                "use Python {oldest} or later, for example with `uv venv --python {oldest}`"
            )),
    )
}
