//! The answers to the questions that have views of their own, as JSON documents. Each has a page and a schema in the book.

use anatomy::release::ReleaseInspection;
use serde_json::{Value, json};

use super::document::trouble;
use super::{Answered, Differing};
use crate::cli::Question;
use crate::inspect::Trouble;

/// What differs between two targets.
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

/// Who is served by which wheel.
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

/// Why binaries ask for so much.
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

/// What could not be read, where nothing is known but that.
pub(crate) fn only_troubles(troubles: &[Trouble]) -> Value {
    json!({ "diff": null, "errors": errors(troubles) })
}
