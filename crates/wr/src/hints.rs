//! Which hint comes next: they say more from one to the next, and are asked for one at a time.

use std::num::NonZeroUsize;

use course::{Course, Exercise};

use crate::error::CommandError;
use crate::session::Learner;

/// A hint that is about to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hint {
    /// What it says, in Markdown.
    pub(crate) text: String,
    /// Which one it is.
    pub(crate) place: HintNumber,
}

/// The place of a hint among those of its exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HintNumber {
    /// Counted from 1.
    pub(crate) number: usize,
    /// How many there are.
    pub(crate) of: usize,
    /// Whether all had been shown, so that they begin again.
    pub(crate) begins_again: bool,
}

impl HintNumber {
    /// The place after the one that was shown last.
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

/// Whether an exercise has any. One whose settings cannot be read has none to show.
pub(crate) fn exist(course: &Course, exercise: &Exercise) -> bool {
    exercise
        .config(course)
        .is_ok_and(|config| !config.hints.is_empty())
}

/// The hint with this number, or else the next one, which is noted as shown. `None` where the exercise has none.
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
    fn one_after_the_other_and_then_from_the_beginning() {
        check(None, 3, 1, false);
        check(Some(1), 3, 2, false);
        check(Some(2), 3, 3, false);
        check(Some(3), 3, 1, true);
        check(None, 1, 1, false);
        check(Some(1), 1, 1, true);
        // The author took hints away.
        check(Some(7), 2, 1, true);
    }
}
