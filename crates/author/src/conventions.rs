//! The parts that a course uses. If it has no book, its exercises don't need pages.
//!
//! A course written for another runner has exercises with commands and nothing else. If one exercise of a course has a
//! part, all of them should have it.

use course::{Course, ExerciseConfig};

use crate::Places;

/// What is expected of every exercise in a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each answers one question of the course"
)]
pub(crate) struct Conventions {
    /// There is a book, so each exercise has a page.
    pub(crate) pages: bool,
    /// There are hints, so each exercise has some.
    pub(crate) hints: bool,
    /// There are solutions, so each exercise has one.
    pub(crate) solutions: bool,
    /// Starters have an expected result, so each has one.
    pub(crate) expectations: bool,
    /// Tests are protected, so all are.
    pub(crate) protection: bool,
}

/// Whether a course follows this project's own rules: its solutions are next to the exercises, or its starters have an
/// expected result. Any other course gets only the proofs that apply to every course.
pub fn follows_house_rules(course: &Course) -> bool {
    let conventions = Conventions::of(course, &Places::of(course));
    conventions.solutions || conventions.expectations
}

impl Conventions {
    pub(crate) fn of(course: &Course, places: &Places) -> Self {
        let configs: Vec<ExerciseConfig> = course
            .exercises()
            .iter()
            .filter_map(|exercise| exercise.config(course).ok())
            .collect();
        let any = |has: fn(&ExerciseConfig) -> bool| configs.iter().any(has);
        Self {
            pages: places.summary().is_file(),
            hints: any(|config| !config.hints.is_empty()),
            solutions: places.solutions().is_dir() && !places.has_whole_solutions(),
            expectations: any(|config| config.expect.is_some()),
            protection: any(|config| !config.protected.is_empty()),
        }
    }
}
