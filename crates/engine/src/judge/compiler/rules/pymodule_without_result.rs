//! The function of a `#[pymodule]` returns nothing.
//!
//! PyO3 calls the function to fill the module, and expects a `PyResult<()>` so that it can pass an error on to Python.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0308]: mismatched types: expected `Result<(), PyErr>`, found `()`
//!  --> src/lib.rs:2:1
//!   | #[pymodule]
//! ```
//!
//! ## What to do
//!
//! Return `PyResult<()>`:
//!
//! ```rust,ignore
//! #[pymodule]
//! fn ones(m: &Bound<'_, PyModule>) -> PyResult<()> {
//!     m.add("answer", 42)?;
//!     Ok(())
//! }
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
        "WR0706",
        "pymodule-without-result",
        include_str!("pymodule_without_result.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let label = error.label.as_deref()?;
    let is_it = label.contains("expected `Result<(), PyErr>`, found `()`");
    (is_it && line_of(error).starts_with("#[pymodule")).then(|| {
        Advice::new(
            "()",
            "the function of a `#[pymodule]` returns `PyResult<()>`: write `-> PyResult<()>`, and `Ok(())` at its end",
        )
    })
}
