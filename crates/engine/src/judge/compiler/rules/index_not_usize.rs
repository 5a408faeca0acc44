//! An index isn't a `usize`.
//!
//! Rust indexes a `Vec` or a slice by `usize` only. A function for Python often takes a signed number instead.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0277]: the type `[u32]` cannot be indexed by `i32`
//!  --> src/lib.rs:3:39
//!   | fn at(a: Vec<u32>, i: i32) -> u32 { a[i] }
//! ```
//!
//! ## What to do
//!
//! Take a `usize`: PyO3 then refuses a negative number with an `OverflowError`. To support negative indexes as Python does, take an `isize` and convert it:
//!
//! ```rust,ignore
//! #[pyfunction]
//! fn at(a: Vec<u32>, i: usize) -> PyResult<u32> {
//!     a.get(i).copied().ok_or_else(|| PyIndexError::new_err("no such item"))
//! }
//! ```
//!
//! ## Where it is specified
//!
//! The Rust compiler error index under [E0277](https://doc.rust-lang.org/error_codes/E0277.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::between;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0728",
        "index-not-usize",
        include_str!("index_not_usize.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let by = between(&error.message, "cannot be indexed by `", "`")?;
    let is_number = by.starts_with(['i', 'u']) && by[1..].chars().all(|c| c.is_ascii_digit());
    (is_number || by == "isize").then(|| {
        Advice::new(
            by,
            format!("an index is a `usize`: take one as the parameter, and PyO3 refuses negative numbers; or convert the `{by}` with `usize::try_from(…)`"),
        )
    })
}
