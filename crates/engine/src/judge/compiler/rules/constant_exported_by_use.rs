//! A `use` line of a module exports a constant.
//!
//! `#[pymodule_export]` above a `use` line exports functions, classes and modules. A constant has no such entry.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0433]: cannot find type `LIMIT` in this scope
//!  --> src/lib.rs:6:16
//!   | use super::LIMIT;
//! ```
//!
//! ## What to do
//!
//! Define the constant in the module:
//!
//! ```rust,ignore
//! #[pymodule]
//! mod limits {
//!     #[pymodule_export]
//!     const LIMIT: u32 = super::LIMIT;
//! }
//! ```
//!
//! PyO3 before 0.25 has no such constants. Add it when the module is filled:
//!
//! ```rust,ignore
//! #[pymodule]
//! mod limits {
//!     use pyo3::prelude::*;
//!
//!     #[pymodule_init]
//!     fn init(m: &Bound<'_, PyModule>) -> PyResult<()> {
//!         m.add("LIMIT", super::LIMIT)
//!     }
//! }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Declarative modules](https://pyo3.rs/latest/module.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::{between, line_of};
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0747",
        "constant-exported-by-use",
        include_str!("constant_exported_by_use.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let name = between(&error.message, "cannot find type `", "` in this scope")?;
    let label = error.label.as_deref()?;
    let is_use = line_of(error).starts_with("use ");
    let is_constant = label.contains("is declared as a constant") && sources.is_constant(name);
    (is_use && is_constant).then(|| {
        let how = if sources.has(25) {
            format!("define a constant in the module: `#[pymodule_export] const {name}: … = super::{name};`")
        } else {
            format!(
                "add a constant in a function of the module: `#[pymodule_init] fn init(m: &Bound<'_, PyModule>) -> PyResult<()> {{ m.add(\"{name}\", super::{name}) }}`"
            )
        };
        let exports = "a `use` line exports functions, classes and modules";
        Advice::new(name, format!("{exports}; {how}"))
    })
}
