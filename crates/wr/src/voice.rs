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
        Status::TimedOut => "no end in sight",
        Status::Tampered => "tests were changed",
        Status::EnvironmentBroken => "could not be verified",
    }
}

/// A verdict in a few words. A command of the course's own, of whose output nobody knows that it is about tests, has failed,
/// and no more is known.
pub(crate) fn heading(verdict: &Verdict) -> &'static str {
    if verdict.is_of_a_command() {
        return "a command failed";
    }
    status(verdict.status)
}

/// A sentence that goes with a status, where it helps more than it fills.
pub(crate) fn remark(verdict: &Verdict) -> Option<&'static str> {
    match verdict.status {
        // Something else is amiss, too, and then it is not so good.
        Status::Unfinished if !waits_for_code(verdict) => None,
        Status::Unfinished if is_rust_alone(verdict) => {
            Some("So far so good: it builds, and waits for your code.")
        }
        Status::Unfinished => {
            Some("So far so good: it builds and imports, and waits for your code.")
        }
        Status::DoesNotCompile if is_in_the_code(verdict) => Some(
            "Nothing has run yet. Fix the first error and save: later ones often go away with it.",
        ),
        Status::DoesNotCompile => Some("Nothing has run yet."),
        Status::DoesNotImport => Some("It was built, but Python cannot use it as it is."),
        Status::Crashed => Some("The process died, not a test: that is worth a careful look."),
        Status::Tampered => Some("Your code passes. Bring the tests back and it counts."),
        Status::EnvironmentBroken => Some("This is about the machine, not about your code."),
        Status::Solved | Status::TestsFail | Status::TimedOut => None,
    }
}

/// Whether the first thing to do is in the code: a dependency, a linker or a manifest is not helped by saving a source.
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

/// Whether work that is left is all that is wrong.
fn waits_for_code(verdict: &Verdict) -> bool {
    verdict
        .diagnostics
        .iter()
        .filter(|one| one.severity == Severity::Error)
        .all(|one| one.code == *anatomy::shared::UNFINISHED.code())
}

/// Whether no Python took part: then nothing was imported.
fn is_rust_alone(verdict: &Verdict) -> bool {
    !verdict.tests.is_empty() && !verdict.tests.iter().any(|test| test.id.contains(".py"))
}

/// Said when the last exercise is solved.
pub(crate) fn finished(course: &Course) -> String {
    let mut said = "That was the last exercise: the course is yours.".to_owned();
    // Only a course about extension modules leads to projects that `wr check` is for.
    let builds_extensions = course
        .exercises()
        .iter()
        .any(|exercise| exercise.dir().join("pyproject.toml").is_file());
    if builds_extensions {
        said.push_str(" Now build something, and run `wr check` in it.");
    }
    said
}

/// Said when a course is seen for the first time.
pub(crate) const WELCOME: &str =
    "Welcome! wr verifies what you write, says why when something is wrong, and leads you on.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_work_that_is_left_is_so_far_so_good() {
        let mut verdict = Verdict {
            exercise: "01_a/01_x".to_owned(),
            status: Status::Unfinished,
            diagnostics: vec![anatomy::shared::UNFINISHED.finding("there is work left")],
            tests: Vec::new(),
            timings: Vec::new(),
            output: Vec::new(),
            remembered: false,
        };
        assert!(remark(&verdict).is_some());
        let beside = anatomy::shared::PANIC.finding("it panicked");
        verdict
            .diagnostics
            .push(beside.clone().severity(Severity::Warning));
        assert!(remark(&verdict).is_some());
        verdict.diagnostics.push(beside);
        assert_eq!(remark(&verdict), None);
    }

    #[test]
    fn nobody_is_asked_to_fix_what_is_not_in_the_code() {
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
