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

use super::name_not_in_module::{is_inside, is_near};

pub(crate) const RULE: Rule =
    Rule::new("WR0355", "import-failed", include_str!("import_failed.rs"));

pub(crate) fn finding(
    module: Option<&str>,
    error: &str,
    place: Option<SourceLocation>,
    extension: Option<&str>,
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
    finding.hint(hint(module, error, extension))
}

/// What to do, by what Python says besides the name.
fn hint(module: Option<&str>, error: &str, extension: Option<&str>) -> String {
    if let Some((_, symbol)) = error.split_once("undefined symbol: ") {
        let symbol = symbol.split_whitespace().next().unwrap_or_default();
        return format!(
            "`{symbol}` is of a library that is not linked: name it in a build script, `cargo::rustc-link-lib=…`, or with `#[link(name = \"…\")]`"
        );
    }
    if error.contains("partially initialized module") {
        return "the two modules import each other: move what both need into a third, or import where it is used".to_owned();
    }
    let Some((module, extension)) = module.zip(extension) else {
        return "compare the name in the import line with `[lib] name`, the `#[pymodule]` and the dependencies".to_owned();
    };
    let top = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    let leaf = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
    if error.contains("is not a package") && is_inside(module, extension) {
        let inner = leaf(module);
        format!(
            "a module that is made in Rust is an attribute and no file: `from {extension} import {inner}`; to import from it, register it in `sys.modules`"
        )
    } else if module == extension {
        "compare the name with `[lib] name`, the `#[pymodule]`, and `module-name` under `[tool.maturin]`".to_owned()
    } else if top(module) == top(extension) || leaf(module) == leaf(extension) {
        format!(
            "the extension is imported as `{extension}`: mend the import, or `module-name` under `[tool.maturin]` in pyproject.toml"
        )
    } else if is_near(&top(module), &top(extension)) {
        format!(
            "the package under test is called `{}`: mend the import",
            top(extension)
        )
    } else {
        format!(
            "`{}` is not of this project: name it among the dependencies for tests in pyproject.toml",
            top(module)
        )
    }
}
