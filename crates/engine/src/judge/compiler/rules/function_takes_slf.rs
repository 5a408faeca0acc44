//! A function with `slf` is called like a method.
//!
//! To Rust, only a function whose first parameter is called `self` is a method. PyO3 calls a function with `slf` as a method, but Rust doesn't.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0599]: no method named `pay` found for struct `pyo3::PyRef<'_, Manager>` in the current scope
//!  --> src/lib.rs:7:48
//!   | fn slip(slf: PyRef<'_, Self>) -> u32 { slf.pay(3) }
//! ```
//!
//! ## What to do
//!
//! Pass the object as the first argument:
//!
//! ```rust,ignore
//! fn slip(slf: PyRef<'_, Self>) -> u32 {
//!     Manager::pay(slf, 3)
//! }
//! ```
//!
//! ## Where it is specified
//!
//! The Rust reference under [Methods](https://doc.rust-lang.org/reference/items/associated-items.html#methods).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::{missing_method, pointer_and_class, searched_type};
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0737",
        "function-takes-slf",
        include_str!("function_takes_slf.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let is_function = error
        .label
        .as_deref()
        .is_some_and(|label| label.contains("this is an associated function"));
    let method = missing_method(error).filter(|_| is_function)?;
    let searched = searched_type(error)?;
    let class =
        pointer_and_class(&searched).map_or(searched.trim_start_matches('&'), |(_, class)| class);
    sources.class(class)?;
    sources.has_method(method, &["slf:", "mut slf:"]).then(|| {
        Advice::new(
            method,
            format!("to Rust, a function with `slf` isn't a method: pass the object as the first argument, as in `{class}::{method}(slf)`"),
        )
    })
}
