//! Where a learner goes next.

use std::collections::HashSet;

use crate::{Exercise, ExerciseId, Opened};

/// The first exercise, in course order, that isn't opened yet; `None` if all are.
pub fn next_to_offer<'a>(exercises: &'a [Exercise], opened: &[Opened]) -> Option<&'a Exercise> {
    let opened: HashSet<_> = opened.iter().map(|opened| &opened.id).collect();
    exercises
        .iter()
        .find(|exercise| !opened.contains(exercise.id()))
}

/// The exercise that follows `current` for a learner: the first one after it, in course order, that isn't solved,
/// whether it's opened or not. After the last exercise, the search continues from the first. `None` if all others are
/// solved.
///
/// A learner who skipped a chapter isn't taken back to it as long as later exercises are left.
pub fn next_after<'a>(
    exercises: &'a [Exercise],
    opened: &[Opened],
    current: &ExerciseId,
) -> Option<&'a Exercise> {
    let solved: HashSet<_> = opened
        .iter()
        .filter(|opened| opened.solved)
        .map(|opened| &opened.id)
        .collect();
    // For an exercise that no longer exists, every exercise counts as later.
    let here = exercises
        .iter()
        .position(|exercise| exercise.id() == current);
    let (before, ahead) = exercises.split_at(here.map_or(0, |here| here + 1));
    ahead
        .iter()
        .chain(before)
        .find(|exercise| exercise.id() != current && !solved.contains(exercise.id()))
}

/// Which way to go from an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To the exercise after it.
    Forward,
    /// To the exercise before it.
    Back,
}

/// The exercise next to another one in course order, solved or not; `None` at either end.
pub fn neighbour<'a>(
    exercises: &'a [Exercise],
    of: &ExerciseId,
    direction: Direction,
) -> Option<&'a Exercise> {
    let at = exercises.iter().position(|exercise| exercise.id() == of)?;
    match direction {
        Direction::Forward => exercises.get(at + 1),
        Direction::Back => exercises.get(at.checked_sub(1)?),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn check(opened: &[&str], expect: Option<&str>) {
        let exercises: Vec<Exercise> = ["01_a/01_x", "01_a/02_y", "02_b/01_z"]
            .iter()
            .map(|id| Exercise::new(id.parse().unwrap(), PathBuf::from(id)))
            .collect();
        let opened: Vec<Opened> = opened
            .iter()
            .map(|id| Opened {
                id: id.parse().unwrap(),
                solved: true,
            })
            .collect();
        let next = next_to_offer(&exercises, &opened).map(|exercise| exercise.id().to_string());
        assert_eq!(next.as_deref(), expect);
    }

    #[test]
    fn the_first_unopened_exercise_is_offered() {
        check(&[], Some("01_a/01_x"));
        check(&["01_a/01_x"], Some("01_a/02_y"));
        check(&["02_b/01_z"], Some("01_a/01_x"));
        check(&["01_a/01_x", "02_b/01_z"], Some("01_a/02_y"));
        check(&["01_a/01_x", "01_a/02_y", "02_b/01_z"], None);
        check(&["09_gone/01_x"], Some("01_a/01_x"));
    }

    fn check_after(current: &str, opened: &[(&str, bool)], expect: Option<&str>) {
        let exercises: Vec<Exercise> = ["01_a/00_w", "01_a/01_x", "03_c/00_y", "03_c/01_z"]
            .iter()
            .map(|id| Exercise::new(id.parse().unwrap(), PathBuf::from(id)))
            .collect();
        let opened: Vec<Opened> = opened
            .iter()
            .map(|(id, solved)| Opened {
                id: id.parse().unwrap(),
                solved: *solved,
            })
            .collect();
        let next = next_after(&exercises, &opened, &current.parse().unwrap());
        let next = next.map(|exercise| exercise.id().to_string());
        assert_eq!(next.as_deref(), expect, "after {current}");
    }

    #[test]
    fn the_next_one_comes_after_the_current_one() {
        // Nothing before the third chapter was ever opened.
        check_after("03_c/00_y", &[("03_c/00_y", true)], Some("03_c/01_z"));
        // It makes no difference whether the next one is already open, or an earlier one is.
        let both = [
            ("01_a/01_x", false),
            ("03_c/00_y", true),
            ("03_c/01_z", false),
        ];
        check_after("03_c/00_y", &both, Some("03_c/01_z"));
        // Solved exercises are skipped.
        let solved = [("03_c/00_y", true), ("01_a/01_x", true)];
        check_after("01_a/00_w", &solved, Some("03_c/01_z"));
    }

    #[test]
    fn after_the_end_the_search_starts_over() {
        check_after("03_c/01_z", &[("03_c/01_z", true)], Some("01_a/00_w"));
        let all = ["01_a/00_w", "01_a/01_x", "03_c/00_y", "03_c/01_z"].map(|id| (id, true));
        check_after("03_c/01_z", &all, None);
        check_after("09_gone/01_x", &[("01_a/00_w", true)], Some("01_a/01_x"));
    }
}
