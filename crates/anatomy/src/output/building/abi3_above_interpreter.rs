//! The requested stable ABI is newer than the interpreter.
//!
//! PyO3's feature `abi3-py312` says that the extension needs Python 3.12 or later. If it were built with an older
//! interpreter, even that one couldn't import it, so the build script stops:
//!
//! ```text
//! error: cannot set a minimum Python version 3.12 higher than the interpreter version 3.11 (the minimum Python version is implied by the abi3-py312 feature)
//! ```
//!
//! ## Example
//!
//! ```toml
//! pyo3 = { version = "0.30", features = ["abi3-py312"] }
//! ```
//!
//! in an environment created with Python 3.11.
//!
//! ## What to do
//!
//! Lower the feature to the oldest Python that the extension should support (`abi3-py311`), or build with an
//! interpreter that's new enough.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [py_limited_api and
//! abi3](https://pyo3.rs/latest/building-and-distribution.html#py_limited_apiabi3).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::{Output, between};

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new(
    "WR0203",
    "abi3-above-interpreter",
    include_str!("abi3_above_interpreter.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output.line_with(&[
        "cannot set a minimum Python version",
        "higher than the interpreter version",
    ])?;
    let wanted = between(line, "minimum Python version ", " ")?;
    let found = between(line, "interpreter version ", " ")?;
    let feature = between(line, "implied by the ", " feature").unwrap_or("abi3-py3…");
    Some(
        output
            .finding(
                &RULE,
                line,
                format!(
                    "the feature `{feature}` requires Python {wanted}, but the interpreter is {found}"
                ),
            )
            .hint(format!(
                "lower the feature to `abi3-py{}`, or build with Python {wanted} or later",
                found.replace('.', "")
            )),
    )
}
