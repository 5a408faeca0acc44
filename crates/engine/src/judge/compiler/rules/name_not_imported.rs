//! A name of PyO3's isn't imported.
//!
//! `pyo3::prelude` has what nearly every extension uses. Python's types are in `pyo3::types`, its exceptions in `pyo3::exceptions`, and locks in `pyo3::sync`. A
//! `mod` doesn't see the imports outside it.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0433]: cannot find type `PyDict` in this scope
//!  --> src/lib.rs:3:48
//!   | let d = PyDict::new(py);
//! ```
//!
//! ## What to do
//!
//! Write the line in the help with the other `use` lines, or inside the `mod`:
//!
//! ```rust,ignore
//! use pyo3::types::PyDict;
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's API documentation under [types](https://docs.rs/pyo3/latest/pyo3/types/index.html) and [prelude](https://docs.rs/pyo3/latest/pyo3/prelude/index.html).

use diagnostic::Rule;

use super::super::pyo3_names::{Import, import_of};
use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::{is_missing_attribute, missing_in_scope};
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0744",
        "name-not-imported",
        include_str!("name_not_imported.rs"),
    ),
    explain,
)
.with_consequences(is_consequence);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let name = missing_in_scope(error)?;
    let import = import_of(name, sources.pyo3_minor())?;
    let line = match import {
        Import::Line(line) => line,
        Import::Other(advice) => return Some(Advice::new(name, advice)),
    };
    let is_in_prelude = line.contains("::prelude::");
    let file = error.place.as_ref().map(|(place, _)| place.file.as_str());
    let is_outside = file.is_some_and(|file| {
        sources.imports(file, name) || (is_in_prelude && sources.imports(file, "pyo3::prelude"))
    });
    let advice = if is_outside {
        format!("a `mod` doesn't see the `use` lines outside it: write `{line}` inside it")
    } else {
        format!("write `{line}` with the other `use` lines")
    };
    Some(Advice::new(name, advice))
}

fn is_consequence(name: &str, error: &CompilerError) -> bool {
    is_missing_attribute(name, error)
}
