//! An object was borrowed twice at the same time, at least once mutably.
//!
//! A `#[pyclass]` enforces Rust's rule at run time: many readers, or one writer. A method with `&mut self` holds the
//! object while it runs; if it encounters the same object again, PyO3 raises
//!
//! ```text
//! RuntimeError: Already borrowed
//! RuntimeError: Already mutably borrowed
//! ```
//!
//! ## Example
//!
//! ```rust,ignore
//! fn add(&mut self, other: PyRef<'_, Counter>) { self.n += other.n; }
//! ```
//!
//! called as `counter.add(counter)`; or a method with `&mut self` that calls back into Python, which uses the object
//! again.
//!
//! ## What to do
//!
//! Release the object before calling Python: copy what you need, end the borrow, then make the call. Use `&self` if
//! nothing changes. For shared state, use `#[pyclass(frozen)]` with a `Mutex` or atomics inside.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Bound and interior mutability](https://pyo3.rs/latest/class.html#bound-and-interior-mutability).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

pub(crate) static RULE: Rule = Rule::new("WR0305", "borrowed", include_str!("borrowed.rs"));

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output.lines().find(|line| {
        let end = line.trim_end();
        end.ends_with("RuntimeError: Already borrowed")
            || end.ends_with("RuntimeError: Already mutably borrowed")
    })?;
    let what = match output.parameter(line) {
        Some(parameter) => {
            format!(
                "the object given as `{parameter}` is already in use by the method that takes it"
            )
        }
        None => "an object is used again while it's still borrowed".to_owned(),
    };
    Some(
        output
            .finding(&RULE, line, what)
            .hint("end the first borrow before calling back into Python, use `&self` if nothing changes, or use \
                   `#[pyclass(frozen)]` with a lock inside"),
    )
}
