//! Identifies an exercise by its chapter's folder and its own folder.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::{FolderName, ParseNameError};

/// An exercise's name within its course, displayed as `01_intro/01_setup`.
///
/// Identifiers sort in course order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExerciseId {
    chapter: FolderName,
    name: FolderName,
}

impl ExerciseId {
    /// The exercise `name` in `chapter`.
    pub fn new(chapter: FolderName, name: FolderName) -> Self {
        Self { chapter, name }
    }

    /// The chapter's folder name.
    pub fn chapter(&self) -> &FolderName {
        &self.chapter
    }

    /// The exercise's folder name.
    pub fn name(&self) -> &FolderName {
        &self.name
    }
}

impl fmt::Display for ExerciseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.chapter, self.name)
    }
}

impl Serialize for ExerciseId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The input doesn't name an exercise.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseIdError {
    /// There is no slash between chapter and exercise.
    #[error("`{0}` is not a chapter and an exercise, such as 01_intro/01_setup")]
    NoSlash(String),
    /// One of the two isn't a valid folder name.
    #[error(transparent)]
    Name(#[from] ParseNameError),
}

impl FromStr for ExerciseId {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (chapter, name) = text
            .split_once('/')
            .ok_or_else(|| ParseIdError::NoSlash(text.to_owned()))?;
        Ok(Self::new(chapter.parse()?, name.parse()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_displayed_id_can_be_parsed() {
        let id: ExerciseId = "01_intro/02_my-module".parse().unwrap();
        assert_eq!(id.to_string(), "01_intro/02_my-module");
        assert_eq!(
            serde_json::to_string(&id).unwrap(),
            "\"01_intro/02_my-module\""
        );
    }

    #[test]
    fn other_input_is_refused() {
        for text in ["", "01_intro", "01_intro/", "/01_a", "01_a/01_b/01_c"] {
            assert!(text.parse::<ExerciseId>().is_err(), "{text:?}");
        }
    }
}
