//! The Python part of a mixed project isn't where the manifest says.
//!
//! With `python-source`, maturin takes a Python package from that directory and puts the extension into it. The package
//! must have the same name as the module:
//!
//! ```text
//! 💥 maturin failed
//!   Caused by: python-source is set to `python`, but the python module at `python/fast` does not exist.
//! ```
//!
//! ## Example
//!
//! ```toml
//! [tool.maturin]
//! python-source = "python"
//! module-name = "fast._fast"
//! ```
//!
//! but no directory `python/fast/` with an `__init__.py`.
//!
//! ## What to do
//!
//! Create the package that the message names, or remove `python-source` if the project is pure Rust.
//!
//! ## Where it is specified
//!
//! maturin's guide under [Mixed Rust/Python
//! projects](https://www.maturin.rs/project_layout.html#mixed-rustpython-project).

use diagnostic::{Diagnostic, Evidence, Rule};

use diagnostic::SourceLocation;

use crate::output::OutputContext;
use crate::output::text::Output;

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new(
    "WR0217",
    "python-source-missing",
    include_str!("python_source_missing.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let (line, directory) = output
        .between("python-source is set to `", "`")
        .filter(|(line, _)| line.contains("does not exist"))?;
    let package = line
        .split_once(" at `")
        .and_then(|(_, rest)| Some(rest.split_once('`')?.0));
    let (message, create) = match package {
        Some(package) => (
            format!("there is no Python package at `{package}`"),
            format!("create `{package}/__init__.py`"),
        ),
        None => (
            format!("there is no directory `{directory}` for the Python sources"),
            format!("create `{directory}` with the package in it"),
        ),
    };
    Some(
        output
            .finding(&RULE, line, message)
            .because(Evidence::at(SourceLocation::file("pyproject.toml")))
            .hint(format!(
                "{create}, or remove `python-source` from `[tool.maturin]` in pyproject.toml"
            )),
    )
}
