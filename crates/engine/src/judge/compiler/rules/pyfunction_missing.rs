//! A Rust function is added to a module without `#[pyfunction]`.
//!
//! `#[pyfunction]` writes a module with the function's name next to the function. `wrap_pyfunction!` and `#[pymodule_export]` look for that module.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0433]: cannot find module or crate `double` in this scope
//!  --> src/lib.rs:6:16
//!   | use super::double;
//! ```
//!
//! ## What to do
//!
//! Write the attribute above the function:
//!
//! ```rust,ignore
//! #[pyfunction]
//! fn double(n: u32) -> u32 { n * 2 }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Python functions](https://pyo3.rs/latest/function.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::{between, line_of};
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0746",
        "pyfunction-missing",
        include_str!("pyfunction_missing.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let missing = between(
        &error.message,
        "cannot find module or crate `",
        "` in this scope",
    )?;
    let line = line_of(error);
    let name = if missing == "wrapped_pyfunction" {
        let (_, call) = line.split_once("wrap_pyfunction!(")?;
        call.split([',', ')']).next()?.rsplit("::").next()?.trim()
    } else {
        missing
    };
    sources
        .is_plain_function(name)
        .then(|| Advice::new(name, format!("write `#[pyfunction]` above `fn {name}`")))
}
