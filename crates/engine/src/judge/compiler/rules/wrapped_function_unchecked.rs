//! The result of `wrap_pyfunction!` is passed on without a question mark.
//!
//! Making a Python function can fail, so `wrap_pyfunction!` gives a `Result`, and `add_function` takes the function inside it.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0308]: mismatched types: expected `Bound<'_, PyCFunction>`, found `Result<Bound<'_, PyCFunction>, PyErr>`
//!  --> src/lib.rs:5:67
//!   | m.add_function(wrap_pyfunction!(one, m))
//! ```
//!
//! ## What to do
//!
//! Write `?` behind it, in a function that returns `PyResult<()>`:
//!
//! ```rust,ignore
//! m.add_function(wrap_pyfunction!(one, m)?)?;
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Python modules](https://pyo3.rs/latest/module.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::line_of;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0705",
        "wrapped-function-unchecked",
        include_str!("wrapped_function_unchecked.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let label = error.label.as_deref()?.replace("pyo3::", "");
    let is_it = label.contains("expected `Bound<'_, PyCFunction>`, found `Result<");
    (is_it && line_of(error).contains("wrap_pyfunction!")).then(|| {
        Advice::new(
            "?",
            "`wrap_pyfunction!(…)` may fail: write `?` after it, and let the function of the module return `PyResult<()>`",
        )
    })
}
