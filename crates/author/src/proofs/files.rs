//! Page, hints, solution and wrong answers exist, without placeholders.

use std::path::Path;

use course::{Exercise, ExerciseConfig};
use diagnostic::SourceLocation;
use engine::Status;

use crate::subject::Subject;
use crate::{AuthorError, Defect, Outcome, Proof, files};

/// What an author writes to mark unfinished text.
pub(crate) const PLACEHOLDER: &str = "TODO(author)";

/// How many hints an exercise should have.
const HINTS: std::ops::RangeInclusive<usize> = 2..=4;

/// The minimum number of wrong answers per exercise.
const WRONG_ANSWERS: usize = 2;

const GUIDE: &str = "the book's page \"Writing exercises\" describes what belongs there";

pub(crate) fn check(subject: &Subject<'_>) -> Result<Outcome, AuthorError> {
    let mut defects = Vec::new();
    page(subject, &mut defects);
    configuration(subject, &mut defects);
    solution(subject, &mut defects);
    placeholders(subject, &mut defects)?;
    Ok(Outcome::of(defects, ""))
}

fn defect(at: String, cause: impl Into<String>, next: impl Into<String>) -> Defect {
    Defect::new(Proof::Files, at, cause, next)
}

fn page(subject: &Subject<'_>, defects: &mut Vec<Defect>) {
    let (places, id) = (subject.places, subject.exercise.id());
    if !subject.conventions.pages {
        return;
    }
    let page = places.page(id);
    if !page.is_file() {
        defects.push(defect(
            places.shown(&page),
            format!("the exercise {id} has no page"),
            format!("write the page; {GUIDE}"),
        ));
    }
    let summary = std::fs::read_to_string(places.summary()).unwrap_or_default();
    if !summary.contains(&format!("({id}.md)")) && !summary.contains(&format!("(./{id}.md)")) {
        defects.push(defect(
            places.shown(&places.summary()),
            format!("the page of the exercise {id} is not in the summary"),
            format!("add a line that links to `{id}.md`"),
        ));
    }
}

fn configuration(subject: &Subject<'_>, defects: &mut Vec<Defect>) {
    let file = course::config_file(subject.exercise.dir());
    let shown = subject.places.shown(&file);
    let conventions = subject.conventions;
    let config = match subject.exercise.config(subject.course) {
        Ok(config) => config,
        Err(error) => {
            defects.push(unreadable(subject, &shown, &error));
            return;
        }
    };
    if conventions.hints && !HINTS.contains(&config.hints.len()) {
        defects.push(Defect::at(
            Proof::Files,
            line_of(&file, &shown, "hints"),
            format!("the number of hints is {}", config.hints.len()),
            "write two to four, each more helpful than the last",
        ));
    }
    if conventions.expectations {
        defects.extend(expectation(&file, &shown, &config));
    }
}

fn unreadable(subject: &Subject<'_>, shown: &str, error: &course::CourseError) -> Defect {
    let next = error
        .help()
        .unwrap_or_else(|| format!("fix the file; {GUIDE}"));
    match error {
        course::CourseError::Toml(error) => Defect::at(
            Proof::Files,
            SourceLocation::column(subject.places.shown(&error.file), error.line, error.column),
            error.reason.clone(),
            next,
        ),
        other => defect(shown.to_owned(), other.to_string(), next),
    }
}

/// Checks that a configuration states what is expected, with a status that exists.
fn expectation(file: &Path, shown: &str, config: &ExerciseConfig) -> Option<Defect> {
    let names: Vec<&str> = Status::ALL.iter().map(|status| status.name()).collect();
    let status = config
        .expect
        .as_ref()
        .and_then(|expect| expect.status.as_deref());
    let (cause, next) = match status {
        Some(status) if names.contains(&status) => return None,
        Some(status) => (
            format!("there is no status `{status}`"),
            format!("use one of {}", names.join(", ")),
        ),
        None => (
            "no [expect] says how this is meant to fail".to_owned(),
            "write [expect] with the `status`; `wr author check --only starter,wrong` shows the current one"
                .to_owned(),
        ),
    };
    let at = line_of(file, shown, "[expect]");
    Some(Defect::at(Proof::Files, at, cause, next))
}

fn solution(subject: &Subject<'_>, defects: &mut Vec<Defect>) {
    let (places, id) = (subject.places, subject.exercise.id());
    if !subject.conventions.solutions {
        return;
    }
    let folder = places.solution(id);
    if !folder.is_dir() {
        defects.push(defect(
            places.shown(&folder),
            format!("the exercise {id} has no solution"),
            "put the files that differ from the starter there, with WHY.md and wrong answers",
        ));
        return;
    }
    let why = places.why(id);
    if std::fs::read_to_string(&why).map_or(true, |text| text.trim().is_empty()) {
        defects.push(defect(
            places.shown(&why),
            "WHY.md doesn't explain the solution",
            "write one to three paragraphs",
        ));
    }
    let answers = places.wrong(id);
    if answers.len() < WRONG_ANSWERS {
        defects.push(defect(
            places.shown(&folder.join("wrong")),
            format!("the number of wrong answers is {}", answers.len()),
            format!(
                "add plausible ones, at least {WRONG_ANSWERS}, each in a folder with a descriptive name"
            ),
        ));
    }
    for (_, answer) in answers {
        let file = course::config_file(&answer);
        let shown = places.shown(&file);
        if !file.is_file() {
            defects.push(defect(
                shown,
                "no [expect] says how this wrong answer is rejected",
                "write [expect] with the `status`, as in an exercise's configuration",
            ));
            continue;
        }
        match Exercise::new(id.clone(), answer).config(subject.course) {
            Ok(config) => defects.extend(expectation(&file, &shown, &config)),
            Err(error) => defects.push(unreadable(subject, &shown, &error)),
        }
    }
}

/// Places that still have to be written.
fn placeholders(subject: &Subject<'_>, defects: &mut Vec<Defect>) -> Result<(), AuthorError> {
    let (places, id) = (subject.places, subject.exercise.id());
    let mut texts = vec![places.page(id)];
    for dir in [subject.exercise.dir().to_owned(), places.solution(id)] {
        if dir.is_dir() {
            let found = files::below(&dir).map_err(AuthorError::file(&dir))?;
            texts.extend(found.into_values());
        }
    }
    for file in texts {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        for (index, line) in text.lines().enumerate() {
            if let Some((_, what)) = line.split_once(PLACEHOLDER) {
                let line = u32::try_from(index + 1).unwrap_or(u32::MAX);
                defects.push(Defect::at(
                    Proof::Files,
                    SourceLocation::line(places.shown(&file), line),
                    "this still has to be written",
                    what.trim_start_matches(':')
                        .trim()
                        .trim_end_matches("-->")
                        .trim(),
                ));
            }
        }
    }
    Ok(())
}

/// The first line that contains a string; the whole file if none does.
fn line_of(file: &Path, shown: &str, wanted: &str) -> SourceLocation {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    match text.lines().position(|line| line.contains(wanted)) {
        Some(at) => SourceLocation::line(shown, u32::try_from(at + 1).unwrap_or(u32::MAX)),
        None => SourceLocation::file(shown),
    }
}
