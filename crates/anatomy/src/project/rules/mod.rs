//! The rules for manifests and sources. Most share their code and page with the rule that finds the same cause in a
//! binary or in a message: here it's found before anything is built.

mod crate_type;
pub(crate) mod flat_layout;
pub(crate) mod function_not_added;
mod hyphen;
mod interpreter;
pub(super) mod lines;
pub(crate) mod maturin_key;
pub(crate) mod metadata;
mod names;
mod pymodule_missing;
mod python_source;
pub(crate) mod requires_python;
mod two_pyo3;
pub(crate) mod uv_cache;

use diagnostic::Diagnostic;

use super::{ProjectFacts, PyprojectManifest, Texts};
use crate::expectation::Expectation;

/// What the rules check.
struct Project<'a> {
    facts: &'a ProjectFacts,
    texts: &'a Texts,
    expected: &'a Expectation,
}

/// What's wrong with a project's metadata for building a wheel; `is_file` answers for paths relative to the project's
/// root.
pub(super) fn judge_metadata(
    facts: &ProjectFacts,
    texts: &Texts,
    is_file: &dyn Fn(&str) -> bool,
) -> Vec<Diagnostic> {
    // Other tools have their own rules.
    if !facts
        .pyproject
        .as_ref()
        .is_some_and(PyprojectManifest::is_maturin)
    {
        return Vec::new();
    }
    let expected = &Expectation::new();
    let project = Project {
        facts,
        texts,
        expected,
    };
    metadata::check(&project, is_file)
}

pub(super) fn judge(
    facts: &ProjectFacts,
    texts: &Texts,
    expected: &Expectation,
) -> Vec<Diagnostic> {
    let project = Project {
        facts,
        texts,
        expected,
    };
    // Without a library that Python can load, names don't matter yet.
    let shape = hyphen::check(&project)
        .or_else(|| maturin_key::check(&project))
        .or_else(|| crate_type::check(&project))
        .or_else(|| pymodule_missing::check(&project))
        .or_else(|| names::check(&project));
    let rest = [
        two_pyo3::check,
        interpreter::check,
        python_source::check,
        requires_python::check,
        flat_layout::check,
        uv_cache::check,
    ];
    shape
        .into_iter()
        .chain(rest.into_iter().filter_map(|check| check(&project)))
        .chain(function_not_added::check(&project))
        .collect()
}
