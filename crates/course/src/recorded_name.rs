//! A recorded name, which may no longer name anything.

use std::fmt;

use serde::Serialize;

use crate::ExerciseId;

/// A chapter and an exercise as written in the database or in a list of former names.
///
/// Unlike an [`ExerciseId`], it needn't follow today's naming rules: other tools and older courses wrote it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct RecordedName {
    /// The chapter's folder name.
    pub chapter: String,
    /// The exercise's folder name.
    pub exercise: String,
}

impl RecordedName {
    /// Parses `chapter/exercise`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (chapter, exercise) = text.split_once('/')?;
        let is_folder = |name: &str| !matches!(name, "" | "." | "..") && !name.contains('/');
        (is_folder(chapter) && is_folder(exercise)).then(|| Self {
            chapter: chapter.to_owned(),
            exercise: exercise.to_owned(),
        })
    }

    /// The exercise ID, if the names follow the naming rules.
    pub fn to_id(&self) -> Option<ExerciseId> {
        let chapter = self.chapter.parse().ok()?;
        let name = self.exercise.parse().ok()?;
        Some(ExerciseId::new(chapter, name))
    }
}

impl From<&ExerciseId> for RecordedName {
    fn from(id: &ExerciseId) -> Self {
        Self {
            chapter: id.chapter().as_str().to_owned(),
            exercise: id.name().as_str().to_owned(),
        }
    }
}

impl fmt::Display for RecordedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.chapter, self.exercise)
    }
}
