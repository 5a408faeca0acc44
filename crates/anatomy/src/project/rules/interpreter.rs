//! The interpreter does not fit what is locked and asked for (`WR0201`, `WR0202`, `WR0203`).

use diagnostic::Diagnostic;

use super::Project;
use crate::expectation::{Implementation, PythonVersion};
use crate::output::building::{abi3_above_interpreter, python_too_new, python_too_old};
use crate::python_api::{Pyo3Release, pyo3_releases};

pub(super) fn check(project: &Project<'_>) -> Option<Diagnostic> {
    let python = project.expected.expected_python()?;
    if project
        .expected
        .expected_implementation()
        .unwrap_or(Implementation::CPython)
        != Implementation::CPython
    {
        return None;
    }
    let stable_abi = project.facts.cargo.as_ref()?.pyo3.as_ref()?.stable_abi();
    if let Some(wanted) = stable_abi
        && wanted > python
    {
        return Some(
            abi3_above_interpreter::RULE
                .finding(format!(
                    "the feature `abi3-py{}{}` asks for Python {wanted}, the interpreter is {python}",
                    wanted.major, wanted.minor
                ))
                .because(project.key(project.manifest(), "dependencies", "pyo3"))
                .hint(format!("lower the feature to `abi3-py{}{}`, or build with Python {wanted} or later", python.major, python.minor)),
        );
    }
    let locked = project.facts.locked_pyo3()?;
    let release = release_of(locked)?;
    let evidence = project.key(project.manifest(), "dependencies", "pyo3");
    if python < release.oldest_python {
        return Some(
            python_too_old::RULE
                .finding(format!(
                    "Python {python} is older than PyO3 {locked} supports: it begins with {}",
                    release.oldest_python
                ))
                .because(evidence)
                .hint(format!(
                    "use an interpreter of Python {} or later",
                    release.oldest_python
                )),
        );
    }
    let newest = release.newest_python?;
    if python <= accepted(release, newest) {
        return None;
    }
    Some(
        python_too_new::RULE
            .finding(format!(
                "Python {python} is newer than PyO3 {locked} supports: it goes up to {newest}"
            ))
            .because(evidence)
            .hint(format!(
                "upgrade PyO3, or use an interpreter of Python {newest} or older"
            )),
    )
}

/// From 0.28 on, PyO3 builds for the version after its newest too, and only warns.
fn accepted(release: Pyo3Release, newest: PythonVersion) -> PythonVersion {
    let minor: u32 = minor_of(release.version).unwrap_or(0);
    let spare = u8::from(minor >= 28);
    PythonVersion::new(newest.major, newest.minor.saturating_add(spare))
}

/// The table has the newest patch of each minor version; an older patch supports the same or less.
fn release_of(version: &str) -> Option<Pyo3Release> {
    let minor = minor_of(version)?;
    pyo3_releases().find(|release| minor_of(release.version) == Some(minor))
}

fn minor_of(version: &str) -> Option<u32> {
    version.strip_prefix("0.")?.split('.').next()?.parse().ok()
}
