//! One small exercise for every status: the finding, and the location in the learner's code.

mod compiling;
mod crashed;
mod environment;
mod importing;
mod lacking;
mod python;
mod rust;
mod tampered;
mod timed_out;

use serde_json::Value;
use testkit::{Extension, Workshop};

use crate::states::rule;

/// The essentials of a verdict: the status, the rule of the first finding, and its location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gist {
    pub(crate) status: String,
    pub(crate) rule: String,
    pub(crate) place: String,
    /// The whole verdict, for messages.
    whole: String,
}

impl Gist {
    fn of(verdict: &Value) -> Self {
        let first = &verdict["diagnostics"][0];
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let locations = first["evidence"].as_array().into_iter().flatten();
        let place = locations
            .filter_map(|evidence| evidence.get("location"))
            .map(|location| format!("{}:{}", word(&location["file"]), location["line"]))
            .next();
        Self {
            status: word(&verdict["status"]),
            rule: rule(first),
            place: place.unwrap_or_default(),
            whole: format!("{verdict:#}"),
        }
    }

    /// Requires these three.
    #[track_caller]
    pub(crate) fn is(&self, status: &str, rule: &str, place: &str) -> &Self {
        let found = [&*self.status, &self.rule, &self.place];
        assert_eq!(found, [status, rule, place], "{}", self.whole);
        self
    }

    /// Requires a string somewhere in the verdict.
    #[track_caller]
    pub(crate) fn mentions(&self, text: &str) -> &Self {
        assert!(self.whole.contains(text), "no {text:?}: {}", self.whole);
        self
    }
}

/// The essentials of `wr check` on an exercise; the exit status must agree.
#[track_caller]
pub(crate) fn check(at: &Workshop, exercise: &str) -> Gist {
    let outcome = at.wr(["check", exercise, "--format", "json"]).run();
    let gist = Gist::of(&outcome.verdict());
    outcome.status(i32::from(gist.status != "solved"));
    gist
}

/// The same for an extension written to a new course.
#[track_caller]
pub(crate) fn check_extension(at: &Workshop, extension: &Extension) -> Gist {
    at.course();
    extension.put_into(at);
    check(at, &extension.id)
}
