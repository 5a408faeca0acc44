//! Which hint comes next. Each hint says more than the one before, and is shown only on request.

use std::num::NonZeroUsize;

use course::{Course, Exercise};

use crate::error::CommandError;
use crate::session::Learner;

/// A hint that is about to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hint {
    /// The text, in Markdown.
    pub(crate) text: String,
    /// Its position among the exercise's hints.
    pub(crate) place: HintNumber,
}

/// The position of a hint among those of its exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HintNumber {
    /// Counted from 1.
    pub(crate) number: usize,
    /// The total.
    pub(crate) of: usize,
    /// Whether all had been shown, so that this one starts over.
    pub(crate) begins_again: bool,
}

impl HintNumber {
    /// The position after the hint shown last.
    fn after(shown: Option<usize>, of: usize) -> Self {
        let shown = shown.unwrap_or(0);
        let begins_again = shown >= of;
        Self {
            number: if begins_again { 1 } else { shown + 1 },
            of,
            begins_again,
        }
    }
}

/// Whether an exercise has hints. If its settings cannot be read, it has none to show.
pub(crate) fn exist(course: &Course, exercise: &Exercise) -> bool {
    exercise
        .config(course)
        .is_ok_and(|config| !config.hints.is_empty())
}

/// The hints that the learner has seen, in order, and how many there are. If they cannot be read, there are none to show.
pub(crate) fn seen(learner: &Learner<'_>, exercise: &Exercise) -> (Vec<String>, usize) {
    let mut hints = exercise
        .config(learner.course)
        .map(|config| config.hints)
        .unwrap_or_default();
    let of = hints.len();
    let shown = learner.progress.hint_shown(exercise.id());
    hints.truncate(shown.ok().flatten().unwrap_or_default());
    (hints, of)
}

/// The hint with this number, or the next one, which is then recorded as shown. `None` if the exercise has no hints.
pub(crate) fn take(
    learner: &mut Learner<'_>,
    exercise: &Exercise,
    wanted: Option<NonZeroUsize>,
) -> Result<Option<Hint>, CommandError> {
    let hints = exercise.config(learner.course)?.hints;
    if hints.is_empty() {
        return Ok(None);
    }
    let of = hints.len();
    let place = match wanted {
        Some(number) => HintNumber {
            number: number.get(),
            of,
            begins_again: false,
        },
        None => HintNumber::after(learner.progress.hint_shown(exercise.id())?, of),
    };
    let Some(text) = hints.into_iter().nth(place.number - 1) else {
        return Err(
            CommandError::new(format!("{} has {of} hints", exercise.id()))
                .help(format!("`wr hint {of}` shows the last")),
        );
    };
    learner
        .progress
        .set_hint_shown(exercise.id(), place.number)?;
    Ok(Some(Hint { text, place }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(shown: Option<usize>, of: usize, number: usize, begins_again: bool) {
        let expect = HintNumber {
            number,
            of,
            begins_again,
        };
        assert_eq!(
            HintNumber::after(shown, of),
            expect,
            "after {shown:?} of {of}"
        );
    }

    #[test]
    fn hints_come_in_order_and_then_start_over() {
        check(None, 3, 1, false);
        check(Some(1), 3, 2, false);
        check(Some(2), 3, 3, false);
        check(Some(3), 3, 1, true);
        check(None, 1, 1, false);
        check(Some(1), 1, 1, true);
        // The author removed hints.
        check(Some(7), 2, 1, true);
    }
}
