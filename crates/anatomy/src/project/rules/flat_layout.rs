//! The package's source directory hides the installed package.
//!
//! When the Python package is next to `pyproject.toml`, anything that puts the project's root on `sys.path` finds the
//! sources before the installed package: running `python` there, `python -m pytest`, a `conftest.py` in the root. After
//! `maturin develop` that's fine, because it puts the extension into the source directory. With an installed wheel, for
//! example in CI, the sources have no extension:
//!
//! ```text
//! ModuleNotFoundError: No module named 'fast._core'
//! ```
//!
//! ## Example
//!
//! ```text
//! pyproject.toml      module-name = "fast._core"
//! Cargo.toml
//! fast/__init__.py    from ._core import twice
//! src/lib.rs
//! ```
//!
//! ## What to do
//!
//! Move the package into its own directory, such as `python/fast`, and write `python-source = "python"` under
//! `[tool.maturin]` in `pyproject.toml`.
//!
//! ## Where it is specified
//!
//! maturin's guide under [Import Errors when testing](https://www.maturin.rs/project_layout.html#mixed-rustpython-project);
//! pytest's documentation, "Good Integration Practices".

use diagnostic::{Diagnostic, Evidence, Rule, Severity, SourceLocation};

use super::Project;
use crate::project::layout;

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new("WR0226", "flat-layout", include_str!("flat_layout.rs"));

pub(super) fn check(project: &Project<'_>) -> Option<Diagnostic> {
    let pyproject = project.facts.pyproject.as_ref()?;
    if !pyproject.is_maturin() {
        return None;
    }
    let source = layout::python_source(
        pyproject.python_source.as_deref(),
        pyproject.name.as_deref(),
        &|path| project.texts.contains_key(path),
    );
    let package = match pyproject.module_name.as_deref() {
        Some(name) => name.split('.').next()?.to_owned(),
        None => project.facts.module_leaf()?.0,
    };
    let init = format!("{package}/__init__.py");
    if !source.is_empty() || !project.texts.contains_key(&init) {
        return None;
    }
    Some(
        RULE.finding(format!(
            "the sources in `{package}/` hide the installed package: with a wheel, `python -m pytest` here doesn't find \
             the extension"
        ))
        .severity(Severity::Advice)
        .because(Evidence::at_text(
            SourceLocation::file(init),
            "next to pyproject.toml, where Python looks first",
        ))
        .hint(format!(
            "move it to `python/{package}/` and write `python-source = \"python\"` under `[tool.maturin]` in pyproject.toml"
        )),
    )
}
