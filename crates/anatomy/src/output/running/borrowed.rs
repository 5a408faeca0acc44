//! An object was borrowed twice at once, one of them to be changed.
//!
//! A `#[pyclass]` keeps Rust's rule at run time: many may read, or one may write. A method with `&mut self` holds the
//! object while it runs; when it comes upon the same object again, PyO3 raises
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
//! Let go before calling out: take what is needed, end the borrow, then call. Take `&self` where nothing is changed.
//! For shared state, use `#[pyclass(frozen)]` with a `Mutex` or atomics inside.
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
            format!("the object given as `{parameter}` is in use by the method that takes it")
        }
        None => "an object is used again while it is still borrowed".to_owned(),
    };
    Some(
        output
            .finding(&RULE, line, what)
            .hint("end the first borrow before calling back into Python, take `&self` where nothing is changed, or use `#[pyclass(frozen)]` with a lock inside"),
    )
}
