//! What to offer a learner who has finished what was opened.

use std::collections::HashSet;

use crate::{Exercise, Opened};

/// The first exercise, in course order, that is not opened yet; `None` when all are.
pub fn next_to_offer<'a>(exercises: &'a [Exercise], opened: &[Opened]) -> Option<&'a Exercise> {
    let opened: HashSet<_> = opened.iter().map(|opened| &opened.id).collect();
    exercises
        .iter()
        .find(|exercise| !opened.contains(exercise.id()))
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
}
