//! What `wr` says in its own words.

use course::Course;
use diagnostic::Severity;
use engine::{Status, Verdict};

/// A status in a few words.
pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::Solved => "solved",
        Status::Unfinished => "work left",
        Status::DoesNotCompile => "does not build",
        Status::DoesNotImport => "does not import",
        Status::TestsFail => "tests fail",
        Status::Crashed => "crashed",
        Status::TimedOut => "timed out",
        Status::Tampered => "tests were changed",
        Status::EnvironmentBroken => "could not be verified",
    }
}

/// A verdict in a few words. If a command of the course's own failed, that is all we know: its output needn't be about
/// tests.
pub(crate) fn heading(verdict: &Verdict) -> &'static str {
    if verdict.is_of_a_command() {
        return "a command failed";
    }
    status(verdict.status)
}

/// A sentence to go with a status, if it's more than filler.
pub(crate) fn remark(verdict: &Verdict) -> Option<&'static str> {
    match verdict.status {
        // Something else is wrong as well, so "so far so good" would be wrong too.
        Status::Unfinished if !waits_for_code(verdict) => None,
        Status::Unfinished if !has_imported(verdict) => {
            Some("So far so good: it builds and is waiting for your code.")
        }
        Status::Unfinished => {
            Some("So far so good: it builds and imports, and is waiting for your code.")
        }
        Status::DoesNotCompile if is_in_the_code(verdict) => Some(
            "Nothing has run yet. Fix the first error and save: later ones often go away with it.",
        ),
        Status::DoesNotCompile => Some("Nothing has run yet."),
        Status::DoesNotImport => Some("It builds, but Python can't use it as it is."),
        Status::Crashed => {
            Some("The whole process died, not just a test: that's worth a careful look.")
        }
        Status::Tampered => Some("Your code passes. Restore the tests and it counts."),
        Status::EnvironmentBroken => Some("This is about the machine, not your code."),
        Status::Solved | Status::TestsFail | Status::TimedOut => None,
    }
}

/// Whether the first fix is in the code: saving a source file doesn't help a dependency, a linker or a manifest.
fn is_in_the_code(verdict: &Verdict) -> bool {
    let first = verdict.diagnostics.first();
    first
        .and_then(|first| first.location())
        .is_some_and(|place| {
            std::path::Path::new(&place.file)
                .extension()
                .is_some_and(|end| end == "rs")
        })
}

/// Whether unfinished work is all that's wrong.
fn waits_for_code(verdict: &Verdict) -> bool {
    verdict
        .diagnostics
        .iter()
        .filter(|one| one.severity == Severity::Error)
        .all(|one| one.code == *anatomy::shared::UNFINISHED.code())
}

/// Whether a Python test ran, so that something was imported.
fn has_imported(verdict: &Verdict) -> bool {
    verdict.tests.iter().any(|test| test.id.contains(".py"))
}

/// Shown after the last exercise.
pub(crate) fn finished(course: &Course) -> String {
    let mut text = "That was the last exercise: you've finished the course!".to_owned();
    // Only a course about extension modules prepares people for projects of their own that `wr check` can verify.
    let builds_extensions = course
        .exercises()
        .iter()
        .any(|exercise| exercise.dir().join("pyproject.toml").is_file());
    if builds_extensions {
        text.push_str(" Now start something of your own: `wr new` makes a project for it.");
    }
    text
}

/// Shown the first time a course is used.
pub(crate) const WELCOME: &str = "Welcome! wr verifies what you write, tells you why when something is wrong, and takes you from exercise to exercise.";

/// The answers to what can't be asked for, in every view of a watch.
pub(crate) const NO_HINTS: &str = "This exercise has no hints.";
pub(crate) const AT_FIRST: &str = "This is the first exercise.";
pub(crate) const NO_SOLUTION: &str = "The course has no solution of this exercise.";

/// Shown with the first question, while work goes on.
pub(crate) const MEANWHILE: &str = "In the background, wr is now preparing what the exercises need: a virtual environment, and PyO3, which is compiled once for all of them.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_far_so_good_is_only_for_unfinished_work() {
        let mut verdict = Verdict {
            exercise: "01_a/01_x".to_owned(),
            status: Status::Unfinished,
            diagnostics: vec![anatomy::shared::UNFINISHED.finding("there is work left")],
            tests: Vec::new(),
            python: None,
            pythons: Vec::new(),
            timings: Vec::new(),
            output: Vec::new(),
            remembered: false,
        };
        assert!(remark(&verdict).is_some());
        let other = anatomy::shared::PANIC.finding("it panicked");
        verdict
            .diagnostics
            .push(other.clone().severity(Severity::Warning));
        assert!(remark(&verdict).is_some());
        verdict.diagnostics.push(other);
        assert_eq!(remark(&verdict), None);
    }

    #[test]
    fn a_fault_elsewhere_does_not_ask_you_to_fix_code() {
        use diagnostic::{Evidence, SourceLocation};
        let at = |file: &str| {
            let place = Evidence::at(SourceLocation::line(file, 3));
            let finding = anatomy::shared::NO_CDYLIB
                .finding("it failed")
                .because(place);
            let verdict = Verdict {
                exercise: "shop".to_owned(),
                status: Status::DoesNotCompile,
                diagnostics: vec![finding],
                tests: Vec::new(),
                python: None,
                pythons: Vec::new(),
                timings: Vec::new(),
                output: Vec::new(),
                remembered: false,
            };
            remark(&verdict).unwrap_or_default()
        };
        assert!(at("src/lib.rs").contains("Fix the first error"));
        assert_eq!(at("Cargo.toml"), "Nothing has run yet.");
    }
}
