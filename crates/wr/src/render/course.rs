//! What is said of a course: its list, where an exercise is, hints.

use std::path::{Path, PathBuf};

use course::{Course, Exercise};

use super::AskedBy;
use super::plain::say;
use super::style::{BOLD, DIM, GOOD, WARN};
use crate::hints::{Hint, Place};

/// The width of the progress bar in characters.
const BAR: usize = 30;

/// An exercise with the learner's state.
pub(crate) struct ListRow<'c> {
    pub(crate) exercise: &'c Exercise,
    /// `None` when it is not opened, else whether it is solved.
    pub(crate) state: Option<bool>,
    pub(crate) is_current: bool,
}

impl ListRow<'_> {
    /// The state in JSON.
    pub(super) fn state_name(&self) -> &'static str {
        match self.state {
            Some(true) => "solved",
            Some(false) => "opened",
            None => "closed",
        }
    }
}

/// Prints the chapters with their exercises and a bar.
pub(super) fn list(rows: &[ListRow<'_>]) {
    let mut chapter = None;
    for row in rows {
        let id = row.exercise.id();
        if chapter != Some(id.chapter()) {
            if chapter.is_some() {
                say!();
            }
            say!("{BOLD}{}{BOLD:#}", id.chapter().as_str());
            chapter = Some(id.chapter());
        }
        let (mark, style) = match row.state {
            Some(true) => ("✓", GOOD),
            Some(false) => ("•", WARN),
            None => ("·", DIM),
        };
        let here = if row.is_current {
            "  ← you are here"
        } else {
            ""
        };
        say!("  {style}{mark} {}{style:#}{here}", id.name().as_str());
    }
    let solved = rows.iter().filter(|row| row.state == Some(true)).count();
    let filled = (solved * BAR).checked_div(rows.len()).unwrap_or(0);
    say!(
        "\n{GOOD}{}{GOOD:#}{DIM}{}{DIM:#} {solved} of {} solved",
        "█".repeat(filled),
        "░".repeat(BAR - filled),
        rows.len()
    );
}

/// Prints where a newly opened exercise is, and how it goes on.
pub(super) fn opened(course: &Course, exercise: &Exercise, asked: AskedBy) {
    say!("{BOLD}{}{BOLD:#} is open.", exercise.id());
    let page = book_page(course, exercise);
    if let Some(page) = page {
        say!("  read   {}", from_here(&page));
    }
    say!("  edit   {}", from_here(exercise.dir()));
    match asked {
        AskedBy::Command => {
            say!("  then   wr       (or `wr hint` when you are stuck)");
        }
        AskedBy::Watch => say!("  then   save it  (or press h when you are stuck)\n"),
    }
}

/// Prints where the solution is.
pub(super) fn after_solved(course: &Course, exercise: &Exercise, asked: AskedBy) {
    let solution = beside(course, "solutions", exercise);
    if solution.is_dir() {
        say!(
            "  {DIM}Compare with {}, which says why it is so.{DIM:#}",
            from_here(&solution)
        );
    }
    if asked == AskedBy::Command {
        say!("  {DIM}`wr` goes on.{DIM:#}");
    }
}

/// Prints a hint.
pub(super) fn hint(exercise: &Exercise, hint: &Hint, asked: AskedBy) {
    let Place {
        number,
        of,
        begins_again,
    } = hint.place;
    if begins_again {
        say!("{DIM}There is no further hint; they begin again.{DIM:#}\n");
    }
    say!("{BOLD}{}, hint {number} of {of}{BOLD:#}\n", exercise.id());
    say!("{}", hint.text.trim());
    if number < of {
        let next = match asked {
            AskedBy::Command => "`wr hint`, once more, shows the next.",
            AskedBy::Watch => "Press h for the next.",
        };
        say!("\n{DIM}{next}{DIM:#}");
    }
    if asked == AskedBy::Watch {
        say!();
    }
}

fn book_page(course: &Course, exercise: &Exercise) -> Option<PathBuf> {
    let page = beside(course, "book/src", exercise).with_extension("md");
    page.is_file().then_some(page)
}

fn beside(course: &Course, dir: &str, exercise: &Exercise) -> PathBuf {
    let id = exercise.id();
    course
        .root()
        .join(dir)
        .join(id.chapter().as_str())
        .join(id.name().as_str())
}

/// A path as one would type it from the current directory.
fn from_here(path: &Path) -> String {
    let shown = std::env::current_dir()
        .ok()
        .and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned))
        .unwrap_or_else(|| path.to_owned());
    shown.display().to_string()
}
