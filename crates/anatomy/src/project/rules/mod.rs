//! The rules over manifests and sources. Most share their code and page with the rule that knows the same cause from a
//! binary or from a message: here it is seen before anything is built.

mod crate_type;
mod door;
pub(crate) mod function_not_added;
mod hyphen;
mod interpreter;
pub(super) mod lines;
pub(crate) mod maturin_key;
mod names;
mod python_source;
pub(crate) mod requires_python;
mod two_pyo3;

use diagnostic::Diagnostic;

use super::{ProjectFacts, Texts};
use crate::expectation::Expectation;

/// What rules look at.
struct Project<'a> {
    facts: &'a ProjectFacts,
    texts: &'a Texts,
    expected: &'a Expectation,
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
    // Without a library that Python can load, its names do not matter yet.
    let shape = hyphen::check(&project)
        .or_else(|| maturin_key::check(&project))
        .or_else(|| crate_type::check(&project))
        .or_else(|| door::check(&project))
        .or_else(|| names::check(&project));
    let rest = [
        two_pyo3::check,
        interpreter::check,
        python_source::check,
        requires_python::check,
    ];
    shape
        .into_iter()
        .chain(rest.into_iter().filter_map(|check| check(&project)))
        .chain(function_not_added::check(&project))
        .collect()
}
