//! `get()` is called on a class that isn't frozen.
//!
//! `Bound::get` and `Py::get` lend the Rust value without any check at run time. That's only safe if nothing ever changes the value, so PyO3 has
//! them for frozen classes only.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0271]: type mismatch resolving `<Counter as PyClass>::Frozen == True`
//!  --> src/lib.rs:5:44
//!   | fn read(c: &Bound<'_, Counter>) -> u32 { c.get().n }
//! ```
//!
//! ## What to do
//!
//! Borrow the value, or freeze the class if it never changes:
//!
//! ```rust,ignore
//! fn read(c: &Bound<'_, Counter>) -> u32 {
//!     c.borrow().n
//! }
//! ```
//!
//! ```rust,ignore
//! #[pyclass(frozen)]
//! struct Counter { n: u32 }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [frozen classes](https://pyo3.rs/latest/class.html#frozen-classes-opting-out-of-interior-mutability).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::between;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0711",
        "get-on-unfrozen-class",
        include_str!("get_on_unfrozen_class.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let class = between(&error.message, "`<", " as PyClass>::Frozen == True`")?;
    Some(Advice::new(
        class,
        format!(
            "`get()` is for a class that never changes: use `borrow()`, or write `#[pyclass(frozen)]` above `{class}`"
        ),
    ))
}
