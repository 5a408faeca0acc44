//! The class has no constructor.
//!
//! Python can only create an instance of a `#[pyclass]` if the class says how:
//!
//! ```text
//! TypeError: No constructor defined for Point
//! TypeError: cannot create 'fast.Point' instances
//! ```
//!
//! The second message comes from newer PyO3 versions.
//!
//! ## Example
//!
//! ```rust,ignore
//! #[pyclass]
//! struct Point { x: f64, y: f64 }
//! ```
//!
//! and `Point(1.0, 2.0)` in Python.
//!
//! ## What to do
//!
//! ```rust,ignore
//! #[pymethods]
//! impl Point {
//!     #[new]
//!     fn new(x: f64, y: f64) -> Self { Self { x, y } }
//! }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Constructor](https://pyo3.rs/latest/class.html#constructor).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

/// The rule itself, for callers that know the cause from evidence other than printed output.
pub static RULE: Rule = Rule::new(
    "WR0306",
    "no-constructor",
    include_str!("no_constructor.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let (line, class) = output
        .lines()
        .find_map(|line| {
            Some((
                line,
                line.split_once("TypeError: No constructor defined for ")?
                    .1
                    .trim(),
            ))
        })
        .or_else(|| output.between("TypeError: cannot create '", "' instances"))?;
    let class = class.rsplit('.').next().unwrap_or(class);
    // Python says the same about its own classes, whose names start with a lower-case letter.
    if !class.starts_with(|first: char| first.is_uppercase()) {
        return None;
    }
    Some(
        output
            .finding(
                &RULE,
                line,
                format!("the class `{class}` has no constructor"),
            )
            .hint(format!(
                "add a function with `#[new]` to the `#[pymethods]` of `{class}`"
            )),
    )
}
