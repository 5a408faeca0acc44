//! Two PyO3 versions in the lock file (`WR0212`).

use diagnostic::{Diagnostic, Evidence, SourceLocation};

use super::Project;
use crate::output::building::two_pyo3::RULE;

pub(super) fn check(project: &Project<'_>) -> Option<Diagnostic> {
    let packages = &project.facts.locked;
    let name = ["pyo3-ffi", "pyo3"].into_iter().find(|name| {
        let mut versions = packages
            .iter()
            .filter(|package| package.name == *name)
            .map(|package| &package.version);
        let first = versions.next();
        versions.any(|version| Some(version) != first)
    })?;
    let versions: Vec<&str> = packages
        .iter()
        .filter(|package| package.name == name)
        .map(|package| package.version.as_str())
        .collect();
    let finding = RULE.finding(format!(
        "Cargo.lock has `{name}` in {} versions: {}",
        versions.len(),
        versions.join(", ")
    ));
    let finding = packages
        .iter()
        .filter(|package| package.name == "pyo3" || package.name == name)
        .filter(|package| !package.needed_by.is_empty())
        .fold(finding, |finding, package| {
            finding.because(Evidence::at_text(
                SourceLocation::file(&project.facts.lock_path),
                format!(
                    "{} {} is needed by {}",
                    package.name,
                    package.version,
                    package.needed_by.join(", ")
                ),
            ))
        });
    Some(finding.hint("move every crate that uses PyO3 to one version; `cargo tree -i pyo3` shows which crate asks for \
                       which"))
}
