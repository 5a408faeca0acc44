//! A `#[pyfunction]` is never added to a module.
//!
//! `#[pyfunction]` makes a function callable from Python, but doesn't put it anywhere. Until you add it to a
//! `#[pymodule]`, Python can't see it:
//!
//! ```text
//! AttributeError: module 'fast' has no attribute 'double'
//! ImportError: cannot import name 'double' from 'fast'
//! ```
//!
//! ## Example
//!
//! ```rust,ignore
//! #[pyfunction]
//! fn double(x: i64) -> i64 { x * 2 }
//!
//! #[pymodule]
//! fn fast(m: &Bound<'_, PyModule>) -> PyResult<()> {
//!     Ok(())
//! }
//! ```
//!
//! ## What to do
//!
//! Add it: `m.add_function(wrap_pyfunction!(double, m)?)?;`, or, in a declarative module:
//!
//! ```rust,ignore
//! #[pymodule]
//! mod fast {
//!     #[pymodule_export]
//!     use super::double;
//! }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Python functions](https://pyo3.rs/latest/function.html).

use diagnostic::{Diagnostic, Evidence, Rule, Severity, SourceLocation};

use super::Project;

pub(crate) static RULE: Rule = Rule::new(
    "WR0222",
    "function-not-added",
    include_str!("function_not_added.rs"),
);

pub(super) fn check(project: &Project<'_>) -> Vec<Diagnostic> {
    let facts = project.facts;
    // Without a module there's a more serious finding, and without all sources it may be added elsewhere.
    let [module] = facts.pymodules.as_slice() else {
        return Vec::new();
    };
    if !facts.is_whole {
        return Vec::new();
    }
    facts
        .pyfunctions
        .iter()
        .filter(|function| !function.is_added)
        .map(|function| {
            let hint = if module.is_declarative {
                format!(
                    "write `#[pymodule_export] use super::{};` in the module `{}`",
                    function.name, module.name
                )
            } else {
                format!(
                    "write `m.add_function(wrap_pyfunction!({}, m)?)?;` in the module `{}`",
                    function.name, module.name
                )
            };
            RULE.finding(format!(
                "the function `{}` is never added to the module `{}`",
                function.name, module.name
            ))
            .severity(Severity::Warning)
            .because(Evidence::at(SourceLocation::line(
                &function.file,
                function.line,
            )))
            .hint(hint)
        })
        .collect()
}
