//! Python could not import a module that the tests need.
//!
//! The tests did not begin, because an `import` in them failed. The finding names the module that Python looked for and
//! the line of the import.
//!
//! ## Example
//!
//! ```text
//! tests/test_sample.py:1: in <module>
//!     from sample import setup
//! E   ModuleNotFoundError: No module named 'sample'
//! ```
//!
//! ## What to do
//!
//! When the module is the extension itself, compare three names: the `#[pymodule]` function (or module), `[lib] name` in
//! `Cargo.toml`, and the name in the `import` line. When it is another package, it has to be named among the
//! dependencies in `pyproject.toml`.
//!
//! ## Where it is specified
//!
//! The Python language reference, "The import system".

use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

pub(crate) const RULE: Rule =
    Rule::new("WR0355", "import-failed", include_str!("import_failed.rs"));

pub(crate) fn finding(
    module: Option<&str>,
    error: &str,
    place: Option<SourceLocation>,
) -> Diagnostic {
    let first = error.lines().next().unwrap_or_default();
    let finding = RULE.finding(match module {
        Some(module) => format!("Python cannot import `{module}`: {first}"),
        None => format!("Python cannot import the tests: {first}"),
    });
    let finding = match place {
        Some(place) => finding.because(Evidence::at_text(place, error)),
        None => finding.because(Evidence::output("Python", error)),
    };
    finding.hint("compare the name in the import line with `[lib] name`, the `#[pymodule]` and the dependencies")
}
