//! The Pythons that a release's metadata promises: those named by classifiers, as far as `Requires-Python` allows them.

use std::collections::BTreeSet;

use pep440_rs::{Version, VersionSpecifiers};
use serde::Serialize;

use super::ReleasedWheel;
use super::targets::{maintained, order, supported_free_threaded, supported_pypy};
use crate::loads::Python;
use crate::target::PythonVersion;

/// No honest requirement is longer.
const LONGEST_REQUIREMENT: usize = 200;

/// The prefix of classifiers for Python versions.
const PYTHON: &str = "Programming Language :: Python :: ";

/// A Python that the metadata promises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PromisedPython {
    /// The Python.
    pub python: Python,
    /// What promises it.
    pub by: PromisedBy,
}

/// What promises a Python.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum PromisedBy {
    /// A classifier, such as `Programming Language :: Python :: 3.15`.
    Classifier {
        /// Its text.
        classifier: String,
    },
    /// `Requires-Python` allows it, and no classifier names versions.
    RequiresPython,
}

/// The Pythons that the wheels' metadata promises, without duplicates.
pub(super) fn promised(wheels: &[ReleasedWheel<'_>]) -> Vec<PromisedPython> {
    let classifiers: BTreeSet<&str> = wheels
        .iter()
        .flat_map(|wheel| &wheel.facts.metadata.classifiers)
        .map(String::as_str)
        .collect();
    let is_admitted = |python: &Python| {
        wheels.iter().any(|wheel| {
            admits(
                wheel.facts.metadata.requires_python.as_deref(),
                python.version,
            )
        })
    };
    let mut promised: Vec<PromisedPython> = Vec::new();
    let mut add = |python: Python, by: PromisedBy| {
        if is_admitted(&python) && !promised.iter().any(|one| one.python == python) {
            promised.push(PromisedPython { python, by });
        }
    };
    let by = |classifier: &str| PromisedBy::Classifier {
        classifier: classifier.to_owned(),
    };
    for classifier in &classifiers {
        if let Some(version) = classifier.strip_prefix(PYTHON).and_then(version) {
            add(Python::cpython(version), by(classifier));
        }
    }
    let names_versions = classifiers
        .iter()
        .any(|classifier| classifier.strip_prefix(PYTHON).and_then(version).is_some());
    if !names_versions && !wheels.is_empty() {
        maintained().for_each(|python| add(python, PromisedBy::RequiresPython));
    }
    // The other classifiers don't name a version: they promise a build for each promised version.
    let versions: Vec<PythonVersion> = promised.iter().map(|one| one.python.version).collect();
    for classifier in &classifiers {
        let promises: Vec<Python> = match classifier.strip_prefix(PYTHON) {
            // `Free Threading :: 1 - Unstable` is an invitation to try it, not a promise.
            Some(level) if level.starts_with("Free Threading ::") && !level.contains(":: 1 ") => {
                supported_free_threaded().collect()
            }
            Some("Implementation :: PyPy") => supported_pypy().collect(),
            _ => continue,
        };
        for python in promises {
            let is_new = !promised.iter().any(|one| one.python == python);
            if is_new && versions.contains(&python.version) {
                promised.push(PromisedPython {
                    python,
                    by: by(classifier),
                });
            }
        }
    }
    promised.sort_by_key(|one| order(one.python));
    promised
}

/// Parses `3.12`, but not `3` or `3 :: Only`.
fn version(text: &str) -> Option<PythonVersion> {
    let (major, minor) = text.split_once('.')?;
    (major == "3" && minor.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| PythonVersion::parse(text))
        .flatten()
}

/// Whether a requirement allows any patch release of a Python. Like pip, treats an unreadable requirement as allowing
/// everything.
pub(super) fn admits(required: Option<&str>, python: PythonVersion) -> bool {
    let wanted: Option<VersionSpecifiers> = required
        .filter(|required| required.len() <= LONGEST_REQUIREMENT)
        .and_then(|required| required.parse().ok());
    wanted.is_none_or(|wanted| {
        (0..30_u64).any(|patch| {
            wanted.contains(&Version::new([
                u64::from(python.major),
                u64::from(python.minor),
                patch,
            ]))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classifiers_name_versions() {
        assert_eq!(version("3.12"), Some(PythonVersion::new(3, 12)));
        for text in ["3", "3 :: Only", "2.7", "3.x", "Implementation :: CPython"] {
            assert_eq!(version(text), None, "{text}");
        }
    }

    #[test]
    fn requirements_allow_or_exclude_pythons() {
        let is = |required, minor| admits(required, PythonVersion::new(3, minor));
        assert!(is(None, 15) && is(Some(">=3.9"), 15) && is(Some("nonsense"), 15));
        assert!(!is(Some(">=3.9,<3.15"), 15) && is(Some(">=3.9,<3.15"), 14));
        assert!(is(Some(">=3.14.2"), 14) && is(Some("!=3.14.0,>=3.9"), 14));
    }
}
