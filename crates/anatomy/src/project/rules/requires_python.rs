//! The project promises older Pythons than the built extension supports.
//!
//! `requires-python` tells pip which Pythons a project supports. If the extension's stable ABI starts with a later
//! version, or the PyO3 in use no longer supports the oldest ones, pip finds no wheel for them and tries to build from
//! source, which fails too:
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
//! Make the two agree. Raise `requires-python` to the oldest version that the feature `abi3-py3…` or PyO3 supports; or,
//! if the older Python matters, lower the feature or use a PyO3 that still supports it.
//!
//! ## Where it is specified
//!
//! [PEP 621](https://peps.python.org/pep-0621/#requires-python), and PyO3's guide under
//! [Building and distribution](https://pyo3.rs/latest/building-and-distribution.html).

use diagnostic::{Diagnostic, Rule, Severity};

use super::Project;
use crate::python_api::{Pyo3Release, pyo3_releases};
use crate::target::PythonVersion;

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new(
    "WR0221",
    "requires-python",
    include_str!("requires_python.rs"),
);

/// Why the built extension needs a later Python than promised.
enum Cause {
    /// The chosen stable ABI.
    Feature,
    /// PyO3 itself.
    Pyo3(Pyo3Release),
}

pub(super) fn check(project: &Project<'_>) -> Option<Diagnostic> {
    let facts = project.facts;
    let promised = facts.pyproject.as_ref()?.oldest_python()?;
    let stable_abi = facts.cargo.as_ref()?.pyo3.as_ref()?.stable_abi();
    let release = facts.locked_pyo3().and_then(Pyo3Release::of);
    let by_feature = stable_abi.map(|abi| (abi, Cause::Feature));
    let by_pyo3 = release.map(|release| (release.oldest_python, Cause::Pyo3(release)));
    let (begins, cause) = by_feature
        .into_iter()
        .chain(by_pyo3)
        .find(|(begins, _)| *begins > promised)?;
    let (why, other_way) = match cause {
        Cause::Feature => {
            // PyO3 has no feature for a Python that it doesn't support.
            let lowest = release.map_or(promised, |release| promised.max(release.oldest_python));
            let other_way =
                (lowest < begins).then(|| format!("lower the feature to {}", feature(lowest)));
            (format!("the feature {}", feature(begins)), other_way)
        }
        Cause::Pyo3(release) => (
            format!("PyO3 0.{}", release.minor()),
            newest_for(promised).map(|older| {
                format!(
                    "use PyO3 0.{}, the newest that supports Python {promised}",
                    older.minor()
                )
            }),
        ),
    };
    let other_way = other_way.map_or_else(String::new, |way| format!(", or {way}"));
    Some(
        RULE.finding(format!(
            "the project promises Python {promised}, but {why} requires {begins} or later"
        ))
        .severity(Severity::Warning)
        .because(project.key("pyproject.toml", "project", "requires-python"))
        .because(project.pyo3())
        .hint(format!(
            "write `requires-python = \">={begins}\"`{other_way}"
        )),
    )
}

fn feature(oldest: PythonVersion) -> String {
    format!("`abi3-py{}{}`", oldest.major, oldest.minor)
}

fn newest_for(python: PythonVersion) -> Option<Pyo3Release> {
    pyo3_releases()
        .filter(|release| release.oldest_python <= python)
        .last()
}
