//! A method of the parent class is called on the child.
//!
//! A child contains the parent's value in its Python object, not in its Rust struct. So the way to the parent leads over the object, and `self` isn't one.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0599]: no method named `as_super` found for reference `&Late` in the current scope
//!  --> src/lib.rs:9:42
//!   | fn more(&self) -> u32 { self.as_super().text() }
//! ```
//!
//! ## What to do
//!
//! Take the object, and go to the parent with `as_super`:
//!
//! ```rust,ignore
//! #[pymethods]
//! impl Late {
//!     fn more(slf: PyRef<'_, Self>) -> u32 {
//!         slf.as_super().text()
//!     }
//! }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Inheritance](https://pyo3.rs/latest/class.html#inheritance).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::{missing_method, pointer_and_class, searched_type};
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0736",
        "parent-out-of-reach",
        include_str!("parent_out_of_reach.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let method = missing_method(error)?;
    let searched = searched_type(error)?;
    if method == "as_super" {
        let (name, holder) = match searched.strip_prefix("&mut ") {
            Some(name) => (name, "PyRefMut"),
            None => (searched.trim_start_matches('&'), "PyRef"),
        };
        sources.class(name)?;
        return Some(Advice::new(
            method,
            format!(
                "`as_super` is a method of `PyRef` and `PyRefMut`: take `slf: {holder}<'_, Self>` instead of `self`, and call `slf.as_super()`"
            ),
        ));
    }
    let (pointer, class) = pointer_and_class(&searched)?;
    let definition = sources.class(class)?;
    let is_method = sources.has_method(method, &["&self", "&mut self"]);
    let is_reference = matches!(pointer, "PyRef" | "PyRefMut");
    (is_reference && is_method && definition.has_argument("extends")).then(|| {
        Advice::new(
            method,
            format!("methods of the parent of `{class}` are reached with `as_super()`, as in `slf.as_super().{method}(…)`"),
        )
    })
}
