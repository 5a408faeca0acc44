//! Turns values into what is printed: text for people, JSON for programs. Findings, verdicts and lists each have a file.

mod author;
mod course;
mod diagnostic;
mod doctor;
mod inspect;
mod json;
mod output;
mod plain;
mod rebuild;
mod screen;
mod style;
mod verdict;
mod wrap;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use ::anatomy::release::ReleaseInspection;
use ::author::{Moved, Places, Renumbering, Report, Scaffolded};
use ::course::{Course, Exercise};
use ::diagnostic::{Page, Rule};
use engine::{Examined, RepairOutcome, TargetReport, Verdict};

pub(crate) use self::course::ListRow;
pub(crate) use self::inspect::{
    Answer, Answered, Difference, Differing, Found, Group, Inspected, Loads, Side,
};
use self::plain::say;
use self::wrap::wrapped;
use crate::cli::{Format, Global, Question};
use crate::error::{CommandError, Kind};
use crate::hints::Hint;
use crate::inspect::Trouble;
use crate::interrupt;

/// wr itself, or its use, failed.
const FAILED: u8 = 2;

/// How a person asks for something, and so for the next of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AskedBy {
    /// By a command.
    Command,
    /// By a key of a watch, or a save.
    Watch,
}

/// Prints an error and gives its exit status.
pub(crate) fn error(error: &CommandError, format: Format) -> ExitCode {
    let status = match error.kind {
        Kind::Failed => FAILED,
        Kind::Interrupted => interrupt::STATUS,
    };
    match format {
        Format::Json => json::error(error, status),
        // Who ends it is told that it has ended, not that something is wrong.
        Format::Text if error.kind == Kind::Interrupted => eprintln!("{}", error.message),
        Format::Text => style::error(&error.message, error.help.as_deref()),
    }
    ExitCode::from(status)
}

/// A text with names in it that others chose, as it may be shown on a line of something else.
pub(crate) fn on_a_line(text: &str) -> String {
    plain::plain(&plain::sentence(text)).into_owned()
}

/// A line of a tool's, whose colours are taken out and whose other control characters are written out.
pub(crate) fn tools_line(text: &str) -> String {
    plain::plain(&anstream::adapter::strip_str(text).to_string()).into_owned()
}

/// Something worth knowing that is no error.
pub(crate) fn notice(message: &str, help: Option<&str>, _format: Format) {
    // On standard error in every format: standard output is the result's.
    style::note(message, help);
}

/// A sentence of wr's own.
pub(crate) fn say(sentence: &str, global: &Global) {
    if global.format == Format::Text {
        say!("{}\n", wrapped(sentence, 0));
    }
}

/// A verdict, for people; in JSON it is part of the conclusion.
pub(crate) fn verdict(verdict: &Verdict, root: &Path, global: &Global) {
    if global.format == Format::Text {
        verdict::print(verdict, root, global.verbose);
    }
}

/// A verdict of a watch, for people: what matters most stays on the screen.
pub(crate) fn verdict_on_screen(verdict: &Verdict, root: &Path, global: &Global) {
    if global.format == Format::Text {
        verdict::print_on_screen(verdict, root, global.verbose);
    }
}

/// One verdict of many: a line where it is solved, all of it where it is not.
pub(crate) fn verdict_of_many(verdict: &Verdict, root: &Path, global: &Global) {
    if global.format == Format::Text {
        verdict::print_short(verdict, root, global.verbose);
    }
}

/// How many are solved.
pub(crate) fn summary(verdicts: &[Verdict], global: &Global) {
    if global.format == Format::Text {
        verdict::summary(verdicts);
    }
}

/// What comes after an exercise is solved.
pub(crate) fn after_solved(course: &Course, exercise: &Exercise, asked: AskedBy, global: &Global) {
    if global.format == Format::Text {
        course::after_solved(course, exercise, asked);
    }
}

/// Where an exercise is that was just opened.
pub(crate) fn opened(course: &Course, exercise: &Exercise, asked: AskedBy, global: &Global) {
    if global.format == Format::Text {
        course::opened(course, exercise, asked);
    }
}

/// A verdict of a watch, for programs: a document on a line of its own.
pub(crate) fn watched(verdict: &Verdict) {
    json::watched(verdict);
}

/// The exercise that would be next, where nobody can be asked.
pub(crate) fn next(exercise: &Exercise, global: &Global) {
    if global.format == Format::Text {
        say!(
            "Next: {}. Open it with `wr open {}`.",
            exercise.id(),
            exercise.id()
        );
    }
}

/// The keys that a watch understands where somebody can press them, and how it ends where nobody can.
pub(crate) fn keys(is_exercise: bool, is_solved: bool, has_hints: bool, global: &Global) {
    if global.format != Format::Text {
        return;
    }
    if std::io::stdin().is_terminal() {
        verdict::keys(is_exercise, is_solved, has_hints);
    } else {
        verdict::no_keys();
    }
}

/// The system doesn't report changes of files.
pub(crate) fn polling(reason: &str) {
    style::note(
        &format!("the system does not report changes of files here ({reason})"),
        Some("wr looks at them several times a second instead"),
    );
}

/// Files that change with every run of a watch.
pub(crate) fn tests_own(files: &[PathBuf], root: &Path, global: &Global) {
    let names: Vec<_> = files
        .iter()
        .map(|file| format!("`{}`", file.strip_prefix(root).unwrap_or(file).display()))
        .collect();
    let (change, are) = match names.len() {
        1 => ("changes", "is"),
        _ => ("change", "are"),
    };
    notice(
        &format!(
            "{} {change} in every run, and {are} taken for the tests' own",
            names.join(", ")
        ),
        Some("a save while nothing runs is verified as ever, and so is everything at Enter"),
        global.format,
    );
}

/// The end of a command: in JSON, the whole of its result.
pub(crate) fn conclude(
    command: &str,
    verdicts: &[Verdict],
    next: Option<&Exercise>,
    global: &Global,
) {
    if global.format == Format::Json {
        json::verdicts(command, verdicts, next);
    }
}

/// The course's chapters and exercises.
pub(crate) fn list(rows: &[ListRow<'_>], global: &Global) {
    match global.format {
        Format::Json => json::list(rows),
        Format::Text => course::list(rows),
    }
}

/// What was proved of a course.
pub(crate) fn proofs(report: &Report, global: &Global) {
    match global.format {
        Format::Json => json::proofs(report),
        Format::Text => author::report(report, global.verbose),
    }
}

/// What was written for a new exercise.
pub(crate) fn scaffolded(written: &Scaffolded, moved: &[Moved], global: &Global) {
    match global.format {
        Format::Json => json::scaffolded(written, moved),
        Format::Text => author::scaffolded(written, moved),
    }
}

/// What is moved.
pub(crate) fn renumbered(
    renumbering: &Renumbering,
    places: &Places,
    is_dry: bool,
    global: &Global,
) {
    match global.format {
        Format::Json => json::renumbered(renumbering, places, is_dry),
        Format::Text => author::renumbered(renumbering, places, is_dry),
    }
}

/// A hint.
pub(crate) fn hint(exercise: &Exercise, hint: &Hint, asked: AskedBy, global: &Global) {
    match global.format {
        Format::Json => json::hint(exercise, &hint.text, hint.place.number, hint.place.of),
        Format::Text => course::hint(exercise, hint, asked),
    }
}

/// What was found in targets.
///
/// # Errors
///
/// A document that could not be written whole, which is told on standard error: standard output takes no more.
pub(crate) fn inspection(inspected: &Inspected<'_>, global: &Global) -> io::Result<()> {
    match global.format {
        Format::Json => written(json::inspection(inspected)),
        Format::Text => {
            inspect::print(inspected, global.verbose);
            Ok(())
        }
    }
}

/// The environments nearby whose interpreters were not asked.
pub(crate) fn left_aside(dirs: &[PathBuf], global: &Global) {
    for dir in dirs {
        notice(
            &format!(
                "{} is left aside: its interpreter is part of this checkout, and inspecting runs nothing from there",
                dir.display()
            ),
            Some("name it with `--python` where you trust it"),
            global.format,
        );
    }
}

/// Whether what was asked about loads.
///
/// # Errors
///
/// As for [`inspection`].
pub(crate) fn loads(loads: &Loads<'_>, global: &Global) -> io::Result<()> {
    match global.format {
        Format::Json => written(json::of_inspect(inspect::loads::Document::of(loads))),
        Format::Text => {
            inspect::loads::print(loads, global.verbose);
            Ok(())
        }
    }
}

/// What differs between two targets.
///
/// # Errors
///
/// As for [`inspection`].
pub(crate) fn difference(differing: &Differing<'_>, global: &Global) -> io::Result<()> {
    match global.format {
        Format::Json => written(json::of_inspect(inspect::differences(differing))),
        Format::Text => {
            inspect::print_difference(differing, global.verbose);
            Ok(())
        }
    }
}

/// Which Python on which system is served by which wheel of releases.
///
/// # Errors
///
/// As for [`inspection`].
pub(crate) fn releases(
    releases: &[ReleaseInspection],
    troubles: &[Trouble],
    global: &Global,
) -> io::Result<()> {
    match global.format {
        Format::Json => written(json::of_inspect(inspect::releases(releases, troubles))),
        Format::Text => {
            inspect::print_releases(releases, troubles);
            Ok(())
        }
    }
}

/// Why binaries ask for so much.
///
/// # Errors
///
/// As for [`inspection`].
pub(crate) fn answers(
    question: Question,
    answered: &[Answered],
    troubles: &[Trouble],
    global: &Global,
) -> io::Result<()> {
    match global.format {
        Format::Json => written(json::of_inspect(inspect::answers(
            question, answered, troubles,
        ))),
        Format::Text => {
            inspect::print_answers(question, answered, troubles, global.verbose);
            Ok(())
        }
    }
}

/// What could not be read, where nothing is known besides.
pub(crate) fn troubles(troubles: &[Trouble], global: &Global) {
    match global.format {
        Format::Json => {
            let _ = written(json::of_inspect(inspect::only_troubles(troubles)));
        }
        Format::Text => inspect::troubles(troubles),
    }
}

/// Says on standard error that a document could not be written whole: standard output takes no more.
fn written(result: io::Result<()>) -> io::Result<()> {
    result.inspect_err(|error| {
        style::error(&format!("standard output cannot be written: {error}"), None);
    })
}

/// The page of a rule.
pub(crate) fn page(page: &Page, global: &Global) {
    match global.format {
        Format::Json => json::page(page),
        Format::Text => diagnostic::page(page),
    }
}

/// Every code with its summary.
pub(crate) fn codes(rules: &[&Rule], global: &Global) {
    match global.format {
        Format::Json => json::codes(rules),
        Format::Text => diagnostic::codes(rules),
    }
}

/// What the doctor saw, and what was mended before.
pub(crate) fn examined(
    examined: &[Examined],
    repaired: &[RepairOutcome],
    place: &str,
    global: &Global,
) {
    match global.format {
        Format::Json => json::examined(examined, repaired, place),
        Format::Text => doctor::print(examined, repaired, place),
    }
}

/// Why PyO3 was or will be compiled again.
pub(crate) fn rebuilds(reports: &[TargetReport], place: &str, global: &Global) {
    match global.format {
        Format::Json => json::rebuilds(reports, place),
        Format::Text => rebuild::print(reports, place),
    }
}
