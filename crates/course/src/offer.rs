//! What to offer a learner who has finished what was opened.

use std::collections::HashSet;

use crate::{Exercise, ExerciseId, Opened};

/// The first exercise, in course order, that is not opened yet; `None` when all are.
pub fn next_to_offer<'a>(exercises: &'a [Exercise], opened: &[Opened]) -> Option<&'a Exercise> {
    let opened: HashSet<_> = opened.iter().map(|opened| &opened.id).collect();
    exercises
        .iter()
        .find(|exercise| !opened.contains(exercise.id()))
}

/// The exercise that a learner goes on with from `current`: the first one after it, in course order, that is not solved,
/// be it opened or not; behind the last exercise the search goes on at the first. `None` when all others are solved.
///
/// Who skipped a chapter is not led back to it while there is something ahead.
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
    // One that is not there any more has everything ahead.
    let here = exercises
        .iter()
        .position(|exercise| exercise.id() == current);
    let (before, ahead) = exercises.split_at(here.map_or(0, |here| here + 1));
    ahead
        .iter()
        .chain(before)
        .find(|exercise| exercise.id() != current && !solved.contains(exercise.id()))
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
    fn the_first_that_is_not_opened() {
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
    fn the_way_leads_on_from_the_current_one() {
        // Nothing before the third chapter was ever opened.
        check_after("03_c/00_y", &[("03_c/00_y", true)], Some("03_c/01_z"));
        // That the following one is open already changes nothing, nor does it that an earlier one is.
        let both = [
            ("01_a/01_x", false),
            ("03_c/00_y", true),
            ("03_c/01_z", false),
        ];
        check_after("03_c/00_y", &both, Some("03_c/01_z"));
        // What is solved is passed over.
        let solved = [("03_c/00_y", true), ("01_a/01_x", true)];
        check_after("01_a/00_w", &solved, Some("03_c/01_z"));
    }

    #[test]
    fn at_the_end_it_leads_back_to_what_was_left_out() {
        check_after("03_c/01_z", &[("03_c/01_z", true)], Some("01_a/00_w"));
        let all = ["01_a/00_w", "01_a/01_x", "03_c/00_y", "03_c/01_z"].map(|id| (id, true));
        check_after("03_c/01_z", &all, None);
        check_after("09_gone/01_x", &[("01_a/00_w", true)], Some("01_a/01_x"));
    }
}
