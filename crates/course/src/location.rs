//! Which exercise a path belongs to.

use std::path::Path;

use crate::Exercise;
use crate::repository::{absolute, resolved};

/// The exercise whose folder `path` is, or lies in.
pub(crate) fn exercise_at<'a>(exercises: &'a [Exercise], path: &Path) -> Option<&'a Exercise> {
    let path = absolute(path);
    if let Some(exercise) = exercises.iter().find(|one| path.starts_with(one.dir())) {
        return Some(exercise);
    }
    // The course may have been found through a link and the path not, or the other way round.
    let path = resolved(&path);
    exercises
        .iter()
        .find(|one| path.starts_with(resolved(one.dir())))
}
