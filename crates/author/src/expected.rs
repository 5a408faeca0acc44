//! Compares a verdict with what the author expects.

use std::collections::BTreeSet;

use course::Expectation;
use engine::{Outcome, Status, Verdict};

/// How a verdict differs from the expected one, in words; `None` if it doesn't.
pub(crate) fn difference(expected: &Expectation, verdict: &Verdict) -> Option<String> {
    let found = verdict.status.name();
    if let Some(status) = &expected.status
        && status != found
    {
        return Some(format!(
            "expected `{status}`, got `{found}`{}",
            reasons(verdict)
        ));
    }
    if let Some(code) = &expected.code {
        let codes: Vec<String> = verdict
            .diagnostics
            .iter()
            .map(|one| one.code.to_string())
            .collect();
        if !codes.contains(&code.to_string()) {
            let found = if codes.is_empty() {
                "nothing".to_owned()
            } else {
                codes.join(", ")
            };
            return Some(format!("expected the finding {code}, got {found}"));
        }
    }
    let python = verdict.python.as_deref().and_then(|one| one.parse().ok());
    let failing = expected.failing_in(python.as_ref())?;
    let failing: BTreeSet<&str> = failing.into_iter().collect();
    let failed = failed(verdict);
    let more: Vec<&str> = failed.difference(&failing).copied().collect();
    let fewer: Vec<&str> = failing.difference(&failed).copied().collect();
    // Which tests had failed when time ran out depends on the machine's speed; the others must match.
    let is_cut_short = verdict.status == Status::TimedOut;
    let mut differences = Vec::new();
    if !more.is_empty() {
        differences.push(format!("fail but should not: {}", more.join(", ")));
    }
    if !fewer.is_empty() && !is_cut_short {
        differences.push(format!("should fail but do not: {}", fewer.join(", ")));
    }
    (!differences.is_empty()).then(|| differences.join("\n"))
}

/// The tests that failed.
pub(crate) fn failed(verdict: &Verdict) -> BTreeSet<&str> {
    verdict
        .tests
        .iter()
        .filter(|test| test.outcome == Outcome::Failed)
        .map(|test| test.id.as_str())
        .collect()
}

/// The messages of the verdict's findings, as evidence.
pub(crate) fn reasons(verdict: &Verdict) -> String {
    let mut text = String::new();
    for finding in verdict.diagnostics.iter().take(3) {
        text.push_str(&format!("\n{} {}", finding.code, finding.message));
    }
    text
}

/// What an author would write down for this verdict.
pub(crate) fn as_toml(verdict: &Verdict) -> String {
    let mut text = format!("[expect]\nstatus = \"{}\"\n", verdict.status.name());
    let failed: Vec<String> = verdict
        .tests
        .iter()
        .filter(|test| test.outcome == Outcome::Failed)
        .map(|test| format!("    {:?},\n", test.id))
        .collect();
    if !failed.is_empty() {
        text.push_str(&format!("failing = [\n{}]\n", failed.concat()));
    }
    text
}
