//! The class has no constructor.
//!
//! Python can make an object of a `#[pyclass]` only when the class says how:
//!
//! ```text
//! TypeError: No constructor defined for Point
//! TypeError: cannot create 'fast.Point' instances
//! ```
//!
//! The second is what newer versions of PyO3 say.
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

/// The rule, for whoever knows the same from other evidence than a text.
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
    // Python says the same of classes of its own, whose names begin with a small letter.
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
                "write a function with `#[new]` in the `#[pymethods]` of `{class}`"
            )),
    )
}
