//! A Rust function is added to a module as if it were a value.
//!
//! `m.add(…)` adds values that can be converted to Python objects. A Rust function can't; `wrap_pyfunction!` makes a Python function of it.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0277]: `fn() -> u32 {one}` cannot be converted to a Python object
//!  --> src/lib.rs:5:67
//!   | m.add("one", one)
//! ```
//!
//! ## What to do
//!
//! Mark the function with `#[pyfunction]` and add it with `add_function`:
//!
//! ```rust,ignore
//! #[pyfunction]
//! fn one() -> u32 { 1 }
//!
//! #[pymodule]
//! fn ones(m: &Bound<'_, PyModule>) -> PyResult<()> {
//!     m.add_function(wrap_pyfunction!(one, m)?)
//! }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Python functions](https://pyo3.rs/latest/function.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::{between, line_of, unconvertible};
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0704",
        "function-added-as-value",
        include_str!("function_added_as_value.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let name = unconvertible(error)?
        .strip_prefix("fn(")
        .and_then(|rest| between(rest, "{", "}"))?;
    let name = name.rsplit("::").next().unwrap_or(name);
    let attribute = if sources.is_for_python(name) {
        String::new()
    } else {
        format!(", with `#[pyfunction]` above `fn {name}`")
    };
    line_of(error).contains(".add(").then(|| {
        Advice::new(
            name,
            format!(
                "add a function with `m.add_function(wrap_pyfunction!({name}, m)?)?`{attribute}"
            ),
        )
    })
}
