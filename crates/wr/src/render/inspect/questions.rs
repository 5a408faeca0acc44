//! The answers to questions that have their own views, as JSON documents. Each has a page and a schema in the book.

use anatomy::release::ReleaseInspection;
use serde_json::{Value, json};

use super::document::trouble;
use super::{Answered, Differing};
use crate::cli::Question;
use crate::inspect::Trouble;

/// The differences between two targets.
pub(crate) fn differences(differing: &Differing<'_>) -> Value {
    json!({
        "diff": {
            "old": differing.old,
            "new": differing.new,
            "is_worse": differing.difference.is_worse(),
            "difference": differing.difference,
        },
        "errors": errors(differing.troubles),
    })
}

/// Which wheel serves which Python.
pub(crate) fn releases(releases: &[ReleaseInspection], troubles: &[Trouble]) -> Value {
    let all: Vec<Value> = releases
        .iter()
        .map(|release| json!({ "release": release.facts, "diagnostics": release.diagnostics }))
        .collect();
    let findings: usize = releases
        .iter()
        .map(|release| release.diagnostics.len())
        .sum();
    json!({ "releases": all, "findings": findings, "errors": errors(troubles) })
}

/// Why binaries need what they need.
pub(crate) fn answers(question: Question, answered: &[Answered], troubles: &[Trouble]) -> Value {
    let why = match question {
        Question::Glibc => "glibc",
        Question::Python(_) => "python",
        Question::Size => "size",
    };
    json!({ "why": why, "answers": answered, "errors": errors(troubles) })
}

fn errors(troubles: &[Trouble]) -> Vec<Value> {
    troubles.iter().map(trouble).collect()
}

/// What couldn't be read, when nothing else is known.
pub(crate) fn only_troubles(troubles: &[Trouble]) -> Value {
    json!({ "diff": null, "errors": errors(troubles) })
}
