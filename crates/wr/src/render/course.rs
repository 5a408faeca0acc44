//! What is shown of a course: its list, where an exercise is, hints.

use std::path::{Path, PathBuf};

use course::{Course, Exercise, ExerciseId, FolderName};

use super::AskedBy;
use super::markdown;
use super::style::{BAD, BOLD, DIM, GOOD, StyleMark, WARN};
use super::{on_a_line, tools_line};
use crate::comparison::{Compared, Side};
use crate::hints::{Hint, HintNumber};
use crate::render::text::{Text, say};
use crate::solution::Solution;

/// The width of the progress bar in characters.
const BAR: usize = 30;

/// An exercise and the learner's state.
pub(crate) struct ListRow<'c> {
    pub(crate) exercise: &'c Exercise,
    /// `None` if it isn't opened, otherwise whether it's solved.
    pub(crate) state: Option<bool>,
    pub(crate) is_current: bool,
    /// Whether the solution was shown before it was solved.
    pub(crate) has_seen_solution: bool,
}

impl ListRow<'_> {
    fn chapter(&self) -> &FolderName {
        self.exercise.id().chapter()
    }

    /// The state in JSON.
    pub(super) fn state_name(&self) -> &'static str {
        match self.state {
            Some(true) => "solved",
            Some(false) => "opened",
            None => "closed",
        }
    }
}

/// Which chapters are listed with their exercises; each of the others is one line.
#[derive(Clone, Copy)]
pub(crate) enum Unfolded<'c> {
    /// The learner's, or all of them in a course that fits a screen anyway.
    Current,
    /// These, and the others aren't listed at all.
    Only(&'c [&'c FolderName]),
    /// All of them.
    All,
}

/// A course with no more exercises than this is listed without folding.
const FITS_A_SCREEN: usize = 20;

/// Writes the chapters with their exercises and a bar.
pub(super) fn list(out: &mut Text, rows: &[ListRow<'_>], unfolded: Unfolded<'_>) {
    let is_short = rows.len() <= FITS_A_SCREEN;
    let mut was_unfolded = None;
    for chapter in rows.chunk_by(|one, next| one.chapter() == next.chapter()) {
        let name = chapter[0].chapter();
        let is_unfolded = match unfolded {
            Unfolded::Current => is_short || chapter.iter().any(|row| row.is_current),
            Unfolded::Only(some) => {
                if !some.contains(&name) {
                    continue;
                }
                true
            }
            Unfolded::All => true,
        };
        // Folded chapters form a block.
        if was_unfolded.is_some_and(|before| before || is_unfolded) {
            say!(out);
        }
        was_unfolded = Some(is_unfolded);
        let solved = solved(chapter);
        let total = chapter.len();
        if is_unfolded {
            say!(
                out,
                "{BOLD}{}{BOLD:#}{DIM}  {solved} of {total} solved{DIM:#}",
                name.as_str()
            );
            for row in chapter {
                self::row(out, row);
            }
        } else {
            let (mark, style) = mark(match solved {
                all if all == total => Some(true),
                0 if chapter.iter().all(|row| row.state.is_none()) => None,
                _ => Some(false),
            });
            say!(
                out,
                "{style}{mark}{style:#} {BOLD}{}{BOLD:#}{DIM}  {solved} of {total} solved{DIM:#}",
                name.as_str()
            );
        }
    }
    let solved = solved(rows);
    let filled = (solved * BAR).checked_div(rows.len()).unwrap_or(0);
    say!(
        out,
        "\n{GOOD}{}{GOOD:#}{DIM}{}{DIM:#} {solved} of {} solved",
        "█".repeat(filled),
        "░".repeat(BAR - filled),
        rows.len()
    );
}

fn row(out: &mut Text, row: &ListRow<'_>) {
    let (mark, style) = mark(row.state);
    let here = if row.is_current {
        "  ← you are here"
    } else {
        ""
    };
    let seen = if row.has_seen_solution {
        format!("{DIM}  (solution seen){DIM:#}")
    } else {
        String::new()
    };
    let name = row.exercise.id().name().as_str();
    say!(out, "  {style}{mark} {name}{style:#}{seen}{here}");
}

/// The mark and the colour of a state.
fn mark(state: Option<bool>) -> (&'static str, StyleMark) {
    match state {
        Some(true) => ("✓", GOOD),
        Some(false) => ("•", WARN),
        None => ("·", DIM),
    }
}

/// How many are solved.
pub(super) fn solved(rows: &[ListRow<'_>]) -> usize {
    rows.iter().filter(|row| row.state == Some(true)).count()
}

/// Writes where a newly opened exercise is, and what to do next.
pub(super) fn opened(out: &mut Text, course: &Course, exercise: &Exercise, asked: AskedBy) {
    say!(out, "{BOLD}{}{BOLD:#} is open.", exercise.id());
    let page = book_page(course, exercise);
    let has_hints = crate::hints::exist(course, exercise);
    if let Some(page) = page {
        say!(out, "  read   {}", from_here(&page));
    }
    say!(out, "  edit   {}", from_here(exercise.dir()));
    match asked {
        AskedBy::Command if has_hints => {
            say!(out, "  then   wr       (or `wr hint` if you get stuck)");
        }
        AskedBy::Command => say!(out, "  then   wr"),
        AskedBy::Watch if has_hints => {
            say!(out, "  then   save it  (or press h if you get stuck)\n");
        }
        AskedBy::Watch => say!(out, "  then   save it\n"),
    }
}

/// Where an exercise's page is, if there's one, and where the exercise is.
pub(super) fn whereabouts(course: &Course, exercise: &Exercise) -> (Option<String>, String) {
    let page = book_page(course, exercise).map(|page| from_here(&page));
    (page, from_here(exercise.dir()))
}

/// Writes where the solution is.
pub(super) fn after_solved(out: &mut Text, course: &Course, exercise: &Exercise, asked: AskedBy) {
    let solution = counterpart(course, "solutions", exercise);
    if solution.is_dir() {
        let sentence = format!(
            "Compare your code with {}, which also explains why.",
            from_here(&solution)
        );
        say!(out, "  {DIM}{}{DIM:#}", out.wrapped(&sentence, 2));
    }
    if asked == AskedBy::Command {
        say!(out, "  {DIM}Run `wr` to continue.{DIM:#}");
    }
}

/// Writes a hint.
pub(super) fn hint(out: &mut Text, exercise: &Exercise, hint: &Hint, asked: AskedBy) {
    let HintNumber {
        number,
        of,
        begins_again,
    } = hint.place;
    if begins_again {
        say!(out, "{DIM}That was the last hint; starting over.{DIM:#}\n");
    }
    say!(
        out,
        "{BOLD}{}, hint {number} of {of}{BOLD:#}\n",
        exercise.id()
    );
    markdown::write(out, &hint.text);
    if number < of {
        let next = match asked {
            AskedBy::Command => "Run `wr hint` again for the next one.",
            AskedBy::Watch => "Press h for the next one.",
        };
        say!(out, "\n{DIM}{next}{DIM:#}");
    }
    if asked == AskedBy::Watch {
        say!(out);
    }
}

/// Writes how the course's solution differs from the learner's answer, and why it's written that way.
pub(super) fn solution(out: &mut Text, exercise: &ExerciseId, solution: &Solution) {
    let files = &solution.differences;
    say!(out, "{BOLD}{exercise}, the course's solution{BOLD:#}");
    if files.is_empty() {
        say!(out, "\nYour files are the same as the solution's.");
    } else {
        say!(
            out,
            "{BAD}-{BAD:#} only in your files, {GOOD}+{GOOD:#} only in the solution"
        );
    }
    for Compared { file, hunks } in files {
        say!(out, "\n  {BOLD}{}{BOLD:#}", on_a_line(file));
        for (index, hunk) in hunks.iter().enumerate() {
            if index > 0 || hunk.line > 1 {
                say!(out, "  {DIM}line {}{DIM:#}", hunk.line);
            }
            for (side, line) in &hunk.lines {
                let line = tools_line(line);
                match side {
                    Side::Both => say!(out, "    {line}"),
                    Side::Learner => say!(out, "  {BAD}- {line}{BAD:#}"),
                    Side::Solution => say!(out, "  {GOOD}+ {line}{GOOD:#}"),
                }
            }
        }
    }
    if let Some(why) = &solution.why {
        say!(out);
        markdown::write(out, why);
    }
}

/// The section's page: the one made by mdBook if it's up to date, since an example in the source may be just the name
/// of a file.
fn book_page(course: &Course, exercise: &Exercise) -> Option<PathBuf> {
    let made = counterpart(course, "book/book", exercise).with_extension("html");
    let written = counterpart(course, "book/src", exercise).with_extension("md");
    let changed = |page: &Path| page.metadata().and_then(|page| page.modified()).ok();
    let of_text = changed(&written)?;
    let is_fresh = changed(&made).is_some_and(|of_page| of_page >= of_text);
    Some(if is_fresh { made } else { written })
}

fn counterpart(course: &Course, dir: &str, exercise: &Exercise) -> PathBuf {
    let id = exercise.id();
    course
        .root()
        .join(dir)
        .join(id.chapter().as_str())
        .join(id.name().as_str())
}

/// A path as you would type it in the current directory, if it's below the same root.
fn from_here(path: &Path) -> String {
    let shown = std::env::current_dir()
        .ok()
        .and_then(|here| relative(path, &here))
        .unwrap_or_else(|| path.to_owned());
    shown.display().to_string()
}

/// More steps up than this are harder to read than the full path.
const STEPS_UP: usize = 3;

fn relative(path: &Path, from: &Path) -> Option<PathBuf> {
    let up = from
        .ancestors()
        .position(|above| path.starts_with(above))
        .filter(|up| *up <= STEPS_UP)?;
    let common = from.ancestors().nth(up)?;
    let down = path.strip_prefix(common).ok()?;
    let steps = std::iter::repeat_n("..", up).collect::<PathBuf>();
    Some(match (up, down.as_os_str().is_empty()) {
        (0, true) => PathBuf::from("."),
        (_, true) => steps,
        _ => steps.join(down),
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::relative;

    #[test]
    fn paths_are_shown_as_you_would_type_them() {
        let shown = |path: &str, from: &str| {
            relative(Path::new(path), Path::new(from)).map(|path| path.display().to_string())
        };
        assert_eq!(
            shown("/c/exercises/a/b", "/c").as_deref(),
            Some("exercises/a/b")
        );
        assert_eq!(
            shown("/c/exercises/a/b", "/c/exercises/a/b").as_deref(),
            Some(".")
        );
        assert_eq!(
            shown("/c/book/p.md", "/c/exercises/a/b").as_deref(),
            Some("../../../book/p.md")
        );
        assert_eq!(shown("/d/x", "/c/exercises/a/b/src"), None);
    }
}
