//! Python could not import a module that the tests need.
//!
//! The tests didn't start because an `import` in them failed. The finding names the module that Python looked for
//! and the line of the import.
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
//! If the module is the extension itself, compare three names: the `#[pymodule]` function (or module), `[lib] name`
//! in `Cargo.toml`, and the name in the `import` line. If it's another package, list it among the dependencies in
//! `pyproject.toml`.
//!
//! ## Where it is specified
//!
//! The Python language reference, "The import system".

use anatomy::project::Dependencies;
use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

use super::name_not_in_module::{is_inside, is_near};
use crate::requirements::distribution_of;

pub(crate) const RULE: Rule =
    Rule::new("WR0355", "import-failed", include_str!("import_failed.rs"));

pub(crate) fn finding(
    module: Option<&str>,
    error: &str,
    place: Option<SourceLocation>,
    extension: Option<&str>,
    dependencies: &Dependencies,
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
    finding.hint(hint(module, error, extension, dependencies))
}

/// What to do, depending on Python's message.
fn hint(
    module: Option<&str>,
    error: &str,
    extension: Option<&str>,
    dependencies: &Dependencies,
) -> String {
    if let Some((_, symbol)) = error.split_once("undefined symbol: ") {
        let symbol = symbol.split_whitespace().next().unwrap_or_default();
        return format!(
            "`{symbol}` belongs to a library that isn't linked: name the library in a build script, `cargo::rustc-link-lib=…`, or with `#[link(name = \"…\")]`"
        );
    }
    if error.contains("partially initialized module") {
        return "the two modules import each other: move what both need into a third, or import it where it's used".to_owned();
    }
    let Some((module, extension)) = module.zip(extension) else {
        return "compare the name in the import line with `[lib] name`, the `#[pymodule]` and the dependencies".to_owned();
    };
    let top = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    let leaf = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
    if error.contains("is not a package") && is_inside(module, extension) {
        let inner = leaf(module);
        format!(
            "a submodule created in Rust is an attribute, not a file: write `from {extension} import {inner}`; to import from it, register it in `sys.modules`"
        )
    } else if module == extension {
        "compare the name with `[lib] name`, the `#[pymodule]`, and `module-name` under `[tool.maturin]`".to_owned()
    } else if top(module) == top(extension) || leaf(module) == leaf(extension) {
        format!(
            "the extension's import name is `{extension}`: fix the import, or `module-name` under `[tool.maturin]` in pyproject.toml"
        )
    } else if is_near(&top(module), &top(extension)) {
        format!(
            "the package under test is called `{}`: fix the import",
            top(extension)
        )
    } else {
        not_installed(&top(module), Needed::ByTests, dependencies)
    }
}

/// What needs a distribution.
#[derive(Clone, Copy)]
enum Needed {
    /// The tests alone.
    ByTests,
    /// The extension itself, whenever it runs.
    AtRunTime,
}

/// What to do about a module whose distribution isn't installed. Never advises adding a line that already exists.
fn not_installed(module: &str, needed: Needed, dependencies: &Dependencies) -> String {
    let distribution = distribution_of(module);
    if dependencies.names_python(distribution) {
        return format!(
            "pyproject.toml names `{distribution}`, but it isn't installed in the environment that the tests run in: install it there, as with `pip install {distribution}`"
        );
    }
    let provider = if distribution == module {
        format!(
            "`{module}` isn't installed: list the package that provides it in pyproject.toml, for example"
        )
    } else {
        format!(
            "`{module}` isn't installed: it comes with {distribution}; list that in pyproject.toml, for example"
        )
    };
    match needed {
        Needed::ByTests => {
            format!("{provider} as `test = [\"{distribution}\"]` under `[dependency-groups]`")
        }
        Needed::AtRunTime => format!(
            "list it in pyproject.toml, in `dependencies = [\"{distribution}\"]` under `[project]`: everyone who installs the extension needs it too (if the name is misspelt, correct it where it is imported)"
        ),
    }
}

/// Whether a missing module is unrelated: neither the extension, nor part of its package, nor a misspelling of either.
pub(crate) fn is_unrelated(module: Option<&str>, error: &str, extension: &str) -> bool {
    let Some(module) = module else { return false };
    let top = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    let leaf = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
    error.contains("No module named")
        && top(module) != top(extension)
        && leaf(module) != leaf(extension)
        && !is_near(&top(module), &top(extension))
}

/// A panic because a Python module is missing, as the crate `numpy` does without NumPy.
pub(crate) fn at_run_time(
    panic: &str,
    place: Option<SourceLocation>,
    test: &str,
    dependencies: &Dependencies,
) -> Option<Diagnostic> {
    let (_, rest) = panic.split_once("ModuleNotFoundError(")?;
    let (_, rest) = rest.split_once("No module named '")?;
    let module = rest.split('\'').next()?;
    let name = module.split('.').next()?;
    let mut finding = RULE.finding(format!(
        "the extension needs `{name}` at run time, and it isn't installed"
    ));
    if let Some(place) = place {
        finding = finding.because(Evidence::at_text(
            place,
            format!("ModuleNotFoundError: No module named '{module}'"),
        ));
    }
    Some(
        finding
            .because(Evidence::output("test", format!("during {test}")))
            .hint(not_installed(name, Needed::AtRunTime, dependencies)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_what_to_install() {
        let none = Dependencies::default();
        let help = |module: &str| {
            let error = format!("ModuleNotFoundError: No module named '{module}'");
            hint(Some(module), &error, Some("shop"), &none)
        };
        assert!(help("trio").contains("`test = [\"trio\"]`"));
        let yaml = help("yaml.nodes");
        assert!(yaml.contains("comes with PyYAML"), "{yaml}");
        assert!(yaml.contains("`test = [\"PyYAML\"]`"), "{yaml}");
    }
}
