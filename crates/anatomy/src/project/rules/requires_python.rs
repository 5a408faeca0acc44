//! The project promises older Pythons than what is built can serve.
//!
//! `requires-python` tells pip for which Pythons a project is. When the extension's stable ABI begins later, or the PyO3
//! in use no longer supports the oldest of them, pip finds no wheel for these and tries to build from source, which
//! fails too:
//!
//! ```text
//! error: the configured Python interpreter version (3.8) is lower than PyO3's minimum supported version (3.9)
//! ```
//!
//! ## Example
//!
//! ```toml
//! # pyproject.toml
//! requires-python = ">=3.8"
//! # Cargo.toml
//! pyo3 = { version = "0.30", features = ["abi3-py310"] }
//! ```
//!
//! ## What to do
//!
//! Let the two say the same: raise `requires-python` to what the feature `abi3-py3…` or PyO3 begins with, or lower the
//! feature.
//!
//! ## Where it is specified
//!
//! [PEP 621](https://peps.python.org/pep-0621/#requires-python), and PyO3's guide under
//! [Building and distribution](https://pyo3.rs/latest/building-and-distribution.html).

use diagnostic::{Diagnostic, Rule, Severity};

use super::Project;
use crate::python_api::pyo3_releases;

/// The rule.
pub static RULE: Rule = Rule::new(
    "WR0221",
    "requires-python",
    include_str!("requires_python.rs"),
);

pub(super) fn check(project: &Project<'_>) -> Option<Diagnostic> {
    let facts = project.facts;
    let promised = facts.pyproject.as_ref()?.oldest_python()?;
    let stable_abi = facts.cargo.as_ref()?.pyo3.as_ref()?.stable_abi();
    let of_pyo3 = facts.locked_pyo3().and_then(|locked| {
        let minor = locked.split('.').nth(1)?;
        pyo3_releases().find(|release| release.version.split('.').nth(1) == Some(minor))
    });
    let (begins, why) = match (stable_abi, of_pyo3) {
        (Some(abi), _) if abi > promised => (
            abi,
            format!("the feature `abi3-py{}{}`", abi.major, abi.minor),
        ),
        (_, Some(release)) if release.oldest_python > promised => (
            release.oldest_python,
            format!("PyO3 0.{}", release.version.split('.').nth(1)?),
        ),
        _ => return None,
    };
    Some(
        RULE.finding(format!(
            "the project promises Python {promised}, but {why} begins with {begins}"
        ))
        .severity(Severity::Warning)
        .because(project.key("pyproject.toml", "project", "requires-python"))
        .because(project.key(project.manifest(), "dependencies", "pyo3"))
        .hint(format!(
            "write `requires-python = \">={begins}\"`, or lower the feature"
        )),
    )
}
