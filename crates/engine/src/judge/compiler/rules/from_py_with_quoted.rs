//! The function in `from_py_with` is in quotes.
//!
//! Since PyO3 0.25 the function is named as in other Rust code. Before, its name was a string.
//!
//! Holds for: PyO3 0.25 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error: expected identifier
//!  --> src/lib.rs:4:31
//!   | fn size(#[pyo3(from_py_with = "length")] n: usize) -> usize { n }
//! ```
//!
//! ## What to do
//!
//! Leave the quotes out:
//!
//! ```rust,ignore
//! #[pyfunction]
//! fn size(#[pyo3(from_py_with = length)] n: usize) -> usize { n }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Per-argument options](https://pyo3.rs/latest/function.html#per-argument-options).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::line_of;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0708",
        "from-py-with-quoted",
        include_str!("from_py_with_quoted.rs"),
    ),
    explain,
)
.since(25);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let line = line_of(error);
    let is_refused = error.message.starts_with("expected identifier")
        || error.message.starts_with("expected path")
        || error.message.contains("string literal");
    let (_, rest) = line.split_once("from_py_with").filter(|_| is_refused)?;
    let name = rest.trim_start().strip_prefix('=')?.trim_start();
    let name = name.strip_prefix('"')?.split('"').next()?;
    let advice = format!("name the function without quotes: `from_py_with = {name}`");
    Some(Advice::new("from_py_with", advice).about_older_code())
}
