//! What a reset has replaced, and the backups.

use std::time::Duration;

use course::Course;

use super::on_a_line;
use super::style::{BOLD, DIM};
use super::text::{Text, say};
use crate::reset::{Backup, Cause, Done, Replacement};

/// The most files to name for each exercise.
const MOST: usize = 12;

/// Writes what was replaced and how to undo it.
pub(super) fn done(out: &mut Text, course: &Course, done: &Done) {
    let is_single = done.replacements.len() == 1;
    let changing = |one: &&Replacement| !one.change.is_empty();
    for one in done.replacements.iter().filter(changing) {
        let (id, source) = (one.exercise.id(), on_a_line(&one.source));
        match done.cause {
            Cause::Reset => say!(
                out,
                "{BOLD}{id}{BOLD:#} has its original files again {DIM}({source}){DIM:#}"
            ),
            Cause::Undo => say!(out, "{BOLD}{id}{BOLD:#} has the files of {source} again"),
        }
        files(out, one);
    }
    let Some(backup) = &done.backup else {
        unchanged(out, done, is_single);
        return;
    };
    let same = done.replacements.len() - done.replacements.iter().filter(changing).count();
    if same > 0 {
        say!(out, "{DIM}{same} more had them already.{DIM:#}");
    }
    let dir = backup.dir().strip_prefix(course.root());
    let dir = dir.unwrap_or(backup.dir()).display();
    let sentence = match done.cause {
        Cause::Reset => format!("Your files are in {dir}; `wr reset --undo` brings them back."),
        Cause::Undo => format!(
            "The files that were there are in {dir} now; `wr reset --undo` brings those back."
        ),
    };
    say!(out, "\n{}", out.wrapped(&sentence, 0));
}

fn unchanged(out: &mut Text, done: &Done, is_single: bool) {
    let sentence = match (done.replacements.first(), done.cause) {
        (Some(one), Cause::Reset) if is_single => format!(
            "{} has its original files already ({}). If that commit contains your own work, name an earlier one: \
             `git log --oneline -- {}` lists them, and `wr reset --from COMMIT` takes one.",
            one.exercise.id(),
            on_a_line(&one.source),
            engine::shell_word(one.exercise.dir()),
        ),
        (Some(_), Cause::Reset) => "All of them have their original files already.".to_owned(),
        (_, Cause::Undo) => "The files are the same as those in the backup.".to_owned(),
        (None, Cause::Reset) => "The course has no exercises.".to_owned(),
    };
    say!(out, "{}", out.wrapped(&sentence, 0));
}

fn files(out: &mut Text, one: &Replacement) {
    let change = &one.change;
    let restored = change.changed.iter().map(|path| ("replaced", path));
    let missing = change.missing.iter().map(|path| ("restored", path));
    let added = change.added.iter().map(|path| ("moved", path));
    let all: Vec<_> = restored.chain(missing).chain(added).collect();
    for (what, path) in all.iter().take(MOST) {
        let path = on_a_line(&path.display().to_string());
        say!(out, "  {DIM}{what:<8}{DIM:#}  {path}");
    }
    if let Some(more) = all.len().checked_sub(MOST).filter(|more| *more > 0) {
        say!(out, "  {DIM}and {more} more{DIM:#}");
    }
}

/// Writes the backups, the latest first.
pub(super) fn backups(out: &mut Text, backups: &[Backup]) {
    if backups.is_empty() {
        say!(
            out,
            "There are no backups: wr hasn't replaced any files in this course."
        );
        return;
    }
    let width = backups
        .iter()
        .map(|backup| backup.number.to_string().len())
        .max()
        .unwrap_or(1);
    for backup in backups.iter().rev() {
        let cause = match backup.cause() {
            Cause::Reset => "before a reset",
            Cause::Undo => "before an undo",
        };
        let interrupted = if backup.is_finished() {
            ""
        } else {
            ", which was interrupted"
        };
        let names: Vec<&str> = backup.exercises().collect();
        say!(
            out,
            "{BOLD}{:>width$}{BOLD:#}  {:<15} {cause} of {}{interrupted}",
            backup.number,
            ago(backup.age()),
            on_a_line(&diagnostic::some(&names, 3)),
        );
    }
    say!(
        out,
        "\n{}",
        out.wrapped(
            "`wr reset --undo N` brings back the files of backup N. They are ordinary files in .wr-backups.",
            0
        )
    );
}

/// An age in words.
fn ago(age: Duration) -> String {
    let seconds = age.as_secs();
    let (count, unit) = match seconds {
        0..60 => return "just now".to_owned(),
        60..3600 => (seconds / 60, "minute"),
        3600..86_400 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural} ago")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_uses_the_largest_unit() {
        for (seconds, expect) in [
            (0, "just now"),
            (59, "just now"),
            (60, "1 minute ago"),
            (7_199, "1 hour ago"),
            (172_800, "2 days ago"),
        ] {
            assert_eq!(ago(Duration::from_secs(seconds)), expect);
        }
    }
}
