//! Turns values into output: text for people, JSON for programs. Findings, verdicts and lists have a file each.

mod author;
mod book;
mod course;
mod diagnostic;
mod doctor;
mod inspect;
mod json;
mod junit;
mod markdown;
pub(crate) mod on_screen;
mod output;
mod plain;
mod rebuild;
mod reset;
mod scaffold;
mod screen;
mod snippet;
mod style;
mod text;
mod values;
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

pub(crate) use self::book::verdict as book_verdict;
pub(crate) use self::course::{ListRow, Unfolded};
pub(crate) use self::inspect::{
    Answer, Answered, Difference, Differing, Found, Group, Inspected, Loads, Side,
};
use self::text::{Text, say};
use crate::cli::{Format, Global, Question};
use crate::error::{CommandError, Kind};
use crate::hints::Hint;
use crate::inspect::Trouble;
use crate::interrupt;
use crate::reset::{Backup, Done};
use crate::scaffold::Scaffolded as ScaffoldedProject;
use crate::solution::Solution;
use crate::watch::Opened;

/// wr itself, or its use, failed.
const FAILED: u8 = 2;

/// How a person asks for something, and therefore for the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AskedBy {
    /// By a command.
    Command,
    /// By a key in a watch, or by saving.
    Watch,
}

/// Prints an error and returns its exit status.
pub(crate) fn error(error: &CommandError, format: Format) -> ExitCode {
    let status = match error.kind {
        Kind::Failed | Kind::NothingHere => FAILED,
        Kind::Interrupted => interrupt::STATUS,
    };
    match format {
        Format::Json => json::error(error, status),
        // Ctrl-C isn't an error, so the message has no `error:` prefix.
        Format::Text | Format::Junit if error.kind == Kind::Interrupted => {
            eprintln!("{}", error.message);
        }
        Format::Text | Format::Junit => style::error(&error.message, error.help.as_deref()),
    }
    ExitCode::from(status)
}

/// A string containing names that others chose, made safe to show within a line.
pub(crate) fn on_a_line(text: &str) -> String {
    plain::plain(&plain::sentence(text)).into_owned()
}

/// A line from a tool, with colours removed and other control characters escaped.
pub(crate) fn tools_line(text: &str) -> String {
    plain::plain(&anstream::adapter::strip_str(text).to_string()).into_owned()
}

/// Something worth knowing that isn't an error.
pub(crate) fn notice(message: &str, help: Option<&str>, _format: Format) {
    // Always on standard error: standard output is for the result.
    style::note(message, help);
}

/// A sentence in wr's own words.
pub(crate) fn say(sentence: &str, global: &Global) {
    if global.format == Format::Text {
        printed(|out| say!(out, "{}\n", out.wrapped(sentence, 0)));
    }
}

/// Shows what is written into a text, all at once.
fn printed(write: impl FnOnce(&mut Text)) {
    let mut out = Text::for_stdout();
    write(&mut out);
    out.print();
}

/// A verdict, for people; JSON has it in the conclusion.
pub(crate) fn verdict(verdict: &Verdict, root: &Path, global: &Global) {
    if global.format == Format::Text {
        printed(|out| verdict::write(out, verdict, root, global.verbose));
    }
}

/// A verdict in a watch, for people: what matters most stays on the screen.
pub(crate) fn verdict_on_screen(verdict: &Verdict, root: &Path, global: &Global) {
    if global.format == Format::Text {
        printed(|out| verdict::write_on_screen(out, verdict, root, global.verbose));
    }
}

/// One verdict of many: one line if it's solved, everything if it isn't.
pub(crate) fn verdict_of_many(verdict: &Verdict, root: &Path, global: &Global) {
    if global.format == Format::Text {
        printed(|out| verdict::write_short(out, verdict, root, global.verbose));
    }
}

/// How many are solved.
pub(crate) fn summary(verdicts: &[Verdict], global: &Global) {
    if global.format == Format::Text {
        printed(|out| verdict::summary(out, verdicts));
    }
}

/// What comes after a solved exercise.
pub(crate) fn after_solved(course: &Course, exercise: &Exercise, asked: AskedBy, global: &Global) {
    if global.format == Format::Text {
        printed(|out| course::after_solved(out, course, exercise, asked));
    }
}

/// Where a newly opened exercise is.
pub(crate) fn opened(course: &Course, exercise: &Exercise, asked: AskedBy, global: &Global) {
    if global.format == Format::Text {
        printed(|out| course::opened(out, course, exercise, asked));
    }
}

/// A verdict in a watch, for programs: one document per line.
pub(crate) fn watched(verdict: &Verdict) {
    json::watched(verdict);
}

/// Names the next exercise when there is nobody to ask.
pub(crate) fn next(exercise: &Exercise, global: &Global) {
    if global.format == Format::Text {
        printed(|out| {
            say!(
                out,
                "Next: {}. Open it with `wr open {}`.",
                exercise.id(),
                exercise.id()
            );
        });
    }
}

/// The keys of a watch if somebody can press them; otherwise how to end it.
pub(crate) fn keys(is_exercise: bool, is_solved: bool, has_hints: bool, global: &Global) {
    if global.format != Format::Text {
        return;
    }
    if std::io::stdin().is_terminal() {
        printed(|out| verdict::keys(out, is_exercise, is_solved, has_hints));
    } else {
        printed(verdict::no_keys);
    }
}

/// Where the book was opened.
pub(crate) fn book_opened(opened: &Opened, global: &Global) {
    if global.format == Format::Text {
        printed(|out| book::opened(out, opened));
    }
    if let Some(remark) = &opened.remark {
        notice(remark, None, global.format);
    }
}

/// The system doesn't report changes of files.
pub(crate) fn polling(reason: &str) {
    style::note(
        &format!("the system does not report file changes here ({reason})"),
        Some("wr checks the files several times a second instead"),
    );
}

/// Files that change with every run of a watch.
pub(crate) fn self_written_files(files: &[PathBuf], root: &Path, global: &Global) {
    let names: Vec<_> = files
        .iter()
        .map(|file| format!("`{}`", file.strip_prefix(root).unwrap_or(file).display()))
        .collect();
    let (change, them) = match names.len() {
        1 => ("changes", "it"),
        _ => ("change", "them"),
    };
    notice(
        &format!(
            "{} {change} in every run, so wr takes {them} for the tests' own",
            names.join(", ")
        ),
        Some("a save between two runs is still verified, and Enter verifies everything"),
        global.format,
    );
}

/// The end of a command; in JSON and JUnit XML, its whole result.
pub(crate) fn conclude(
    command: &str,
    verdicts: &[Verdict],
    next: Option<&Exercise>,
    global: &Global,
) {
    match global.format {
        Format::Json => json::verdicts(command, verdicts, next),
        Format::Junit => junit::verdicts(verdicts),
        Format::Text => {}
    }
}

/// The course's chapters and exercises.
pub(crate) fn list(rows: &[ListRow<'_>], unfolded: Unfolded<'_>, global: &Global) {
    match global.format {
        Format::Json => json::list(rows),
        Format::Text | Format::Junit => printed(|out| course::list(out, rows, unfolded)),
    }
}

/// The proofs of a course.
pub(crate) fn proofs(report: &Report, global: &Global) {
    match global.format {
        Format::Json => json::proofs(report),
        Format::Text | Format::Junit => printed(|out| author::report(out, report, global.verbose)),
    }
}

/// The files written for a new exercise.
pub(crate) fn scaffolded(written: &Scaffolded, moved: &[Moved], global: &Global) {
    match global.format {
        Format::Json => json::scaffolded(written, moved),
        Format::Text | Format::Junit => printed(|out| author::scaffolded(out, written, moved)),
    }
}

/// What was moved.
pub(crate) fn renumbered(
    renumbering: &Renumbering,
    places: &Places,
    is_dry: bool,
    global: &Global,
) {
    match global.format {
        Format::Json => json::renumbered(renumbering, places, is_dry),
        Format::Text | Format::Junit => {
            printed(|out| author::renumbered(out, renumbering, places, is_dry));
        }
    }
}

/// A hint.
pub(crate) fn hint(exercise: &Exercise, hint: &Hint, asked: AskedBy, global: &Global) {
    match global.format {
        Format::Json => json::hint(exercise, &hint.text, hint.place.number, hint.place.of),
        Format::Text | Format::Junit => printed(|out| course::hint(out, exercise, hint, asked)),
    }
}

/// How the course's solution differs from the learner's answer.
pub(crate) fn solution(exercise: &Exercise, solution: &Solution, global: &Global) {
    match global.format {
        Format::Json => json::solution(exercise, solution),
        Format::Text | Format::Junit => {
            printed(|out| course::solution(out, exercise.id(), solution));
        }
    }
}

/// The findings about targets.
///
/// # Errors
///
/// If a document could not be written completely; this is reported on standard error, since standard output accepts no
/// more.
pub(crate) fn inspection(inspected: &Inspected<'_>, global: &Global) -> io::Result<()> {
    match global.format {
        Format::Json => written(json::inspection(inspected)),
        Format::Text | Format::Junit => {
            printed(|out| inspect::write(out, inspected, global.verbose));
            inspect::troubles(inspected.troubles);
            Ok(())
        }
    }
}

/// Nearby environments whose interpreters were not started.
pub(crate) fn left_aside(dirs: &[PathBuf], global: &Global) {
    for dir in dirs {
        notice(
            &format!(
                "{} is skipped: its interpreter is part of this checkout, and inspecting never runs anything from a checkout",
                dir.display()
            ),
            Some("name it with `--python` if you trust it"),
            global.format,
        );
    }
}

/// Whether the targets load.
///
/// # Errors
///
/// As for [`inspection`].
pub(crate) fn loads(loads: &Loads<'_>, global: &Global) -> io::Result<()> {
    match global.format {
        Format::Json => written(json::of_inspect(inspect::loads::Document::of(loads))),
        Format::Text | Format::Junit => {
            printed(|out| inspect::loads::write(out, loads, global.verbose));
            inspect::troubles(loads.troubles);
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
        Format::Text | Format::Junit => {
            printed(|out| inspect::write_difference(out, differing, global.verbose));
            inspect::troubles(differing.troubles);
            Ok(())
        }
    }
}

/// Which wheel of a release serves which Python on which system.
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
        Format::Text | Format::Junit => {
            printed(|out| inspect::write_releases(out, releases));
            inspect::troubles(troubles);
            Ok(())
        }
    }
}

/// Why binaries require so much.
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
        Format::Text | Format::Junit => {
            printed(|out| inspect::write_answers(out, question, answered, global.verbose));
            inspect::troubles(troubles);
            Ok(())
        }
    }
}

/// What could not be read, when nothing else is known.
pub(crate) fn troubles(troubles: &[Trouble], global: &Global) {
    match global.format {
        Format::Json => {
            let _ = written(json::of_inspect(inspect::only_troubles(troubles)));
        }
        Format::Text | Format::Junit => inspect::troubles(troubles),
    }
}

/// Reports on standard error that a document could not be written completely, since standard output accepts no more.
fn written(result: io::Result<()>) -> io::Result<()> {
    result.inspect_err(|error| {
        style::error(&format!("cannot write to standard output: {error}"), None);
    })
}

/// What a reset has replaced.
pub(crate) fn reset(course: &Course, done: &Done, global: &Global) {
    match global.format {
        Format::Json => json::reset(done),
        Format::Text | Format::Junit => printed(|out| reset::done(out, course, done)),
    }
}

/// The backups of replaced files.
pub(crate) fn backups(backups: &[Backup], global: &Global) {
    match global.format {
        Format::Json => json::backups(backups),
        Format::Text | Format::Junit => printed(|out| reset::backups(out, backups)),
    }
}

/// A new project.
pub(crate) fn scaffolded_project(written: &ScaffoldedProject, here: &Path, global: &Global) {
    match global.format {
        Format::Json => json::scaffolded_project(written),
        Format::Text | Format::Junit => printed(|out| scaffold::written(out, written, here)),
    }
}

/// What `wr` is for, if there is nothing to verify.
pub(crate) fn guide(global: &Global) {
    if global.format == Format::Text {
        printed(scaffold::guide);
    }
}

/// A file for another program, byte for byte.
pub(crate) fn file(bytes: &[u8]) {
    output::write_bytes(bytes);
}

/// The page of a rule.
pub(crate) fn page(page: &Page, global: &Global) {
    match global.format {
        Format::Json => json::page(page),
        Format::Text | Format::Junit => printed(|out| diagnostic::page(out, page)),
    }
}

/// Every code with its summary.
pub(crate) fn codes(rules: &[&Rule], global: &Global) {
    match global.format {
        Format::Json => json::codes(rules),
        Format::Text | Format::Junit => printed(|out| diagnostic::codes(out, rules)),
    }
}

/// What the doctor found, and what it repaired before.
pub(crate) fn examined(
    examined: &[Examined],
    repaired: &[RepairOutcome],
    place: &str,
    global: &Global,
) {
    match global.format {
        Format::Json => json::examined(examined, repaired, place),
        Format::Text | Format::Junit => {
            printed(|out| doctor::write(out, examined, repaired, place));
        }
    }
}

/// Why PyO3 was or will be recompiled.
pub(crate) fn rebuilds(reports: &[TargetReport], place: &str, global: &Global) {
    match global.format {
        Format::Json => json::rebuilds(reports, place),
        Format::Text | Format::Junit => printed(|out| rebuild::write(out, reports, place)),
    }
}
