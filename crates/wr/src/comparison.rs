//! Compares a learner's file with the solution's, line by line.

use std::path::Path;

use similar::{ChangeTag, TextDiff};

/// How many equal lines to show around a difference.
const CONTEXT: usize = 3;

/// A file in which the learner's answer and the solution differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Compared {
    /// Its path in the exercise, with `/`.
    pub(crate) file: String,
    /// The parts that differ, in order.
    pub(crate) hunks: Vec<Hunk>,
}

/// Lines that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hunk {
    /// The learner's first line in it, counted from 1.
    pub(crate) line: usize,
    /// The lines, without their ends.
    pub(crate) lines: Vec<(Side, String)>,
}

/// Who has a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// Both.
    Both,
    /// The learner alone.
    Learner,
    /// The solution alone.
    Solution,
}

/// Compares the file at `place` in an exercise with the solution's. `None` if they are equal. A file that the learner doesn't have is
/// empty.
pub(crate) fn of(exercise: &Path, place: &Path, solution: &[u8]) -> Option<Compared> {
    let learner = std::fs::read(exercise.join(place)).unwrap_or_default();
    let parts: Vec<_> = place.iter().map(|part| part.to_string_lossy()).collect();
    let hunks = hunks(
        &String::from_utf8_lossy(&learner),
        &String::from_utf8_lossy(solution),
    );
    (!hunks.is_empty()).then(|| Compared {
        file: parts.join("/"),
        hunks,
    })
}

fn hunks(learner: &str, solution: &str) -> Vec<Hunk> {
    // An editor on Windows may have changed every line end.
    let (learner, solution) = (
        learner.replace("\r\n", "\n"),
        solution.replace("\r\n", "\n"),
    );
    let diff = TextDiff::from_lines(&learner, &solution);
    diff.grouped_ops(CONTEXT)
        .iter()
        .map(|group| Hunk {
            line: group.first().map_or(0, |first| first.old_range().start) + 1,
            lines: group
                .iter()
                .flat_map(|op| diff.iter_changes(op))
                .map(|change| {
                    let side = match change.tag() {
                        ChangeTag::Equal => Side::Both,
                        ChangeTag::Delete => Side::Learner,
                        ChangeTag::Insert => Side::Solution,
                    };
                    (side, change.value().trim_end_matches('\n').to_owned())
                })
                .collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_that_differ_are_shown_with_their_surroundings() {
        let learner = "a\nb\nc\nd\ne\nf\ng\n";
        let solution = "a\nb\nc\nd\ne\nF\ng\n";
        let found = hunks(learner, solution);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].line, 3);
        let of = |side: Side| -> String {
            let lines = found[0].lines.iter().filter(|(one, _)| *one == side);
            lines.map(|(_, line)| line.as_str()).collect()
        };
        assert_eq!(
            (&*of(Side::Both), &*of(Side::Learner), &*of(Side::Solution)),
            ("cdeg", "f", "F")
        );
    }

    #[test]
    fn line_ends_do_not_count() {
        assert_eq!(hunks("a\r\nb\r\n", "a\nb\n"), []);
        assert_eq!(hunks("", "a\n").len(), 1);
    }
}
