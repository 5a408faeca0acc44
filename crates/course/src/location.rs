//! Finds the exercise that a path belongs to.

use std::path::Path;

use crate::Exercise;
use crate::repository::{absolute, resolved};

/// The exercise whose folder is `path` or contains it.
pub(crate) fn exercise_at<'a>(exercises: &'a [Exercise], path: &Path) -> Option<&'a Exercise> {
    let path = absolute(path);
    if let Some(exercise) = exercises.iter().find(|one| path.starts_with(one.dir())) {
        return Some(exercise);
    }
    // The course may have been found through a link and the path directly, or the other way round.
    let path = resolved(&path);
    exercises
        .iter()
        .find(|one| path.starts_with(resolved(one.dir())))
}
