//! One exercise.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::{ExerciseConfig, config_file};
use crate::{Course, CourseError, Digest, ExerciseId};

/// An exercise: its name and its folder. It need not have a manifest, for not every lesson is in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exercise {
    id: ExerciseId,
    dir: PathBuf,
}

impl Exercise {
    /// The exercise called `id` in the folder `dir`.
    pub fn new(id: ExerciseId, dir: PathBuf) -> Self {
        Self { id, dir }
    }

    /// The exercise's name.
    pub fn id(&self) -> &ExerciseId {
        &self.id
    }

    /// The exercise's folder, absolute.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// What the course says of the exercise, read anew from disk.
    pub fn config(&self, course: &Course) -> Result<ExerciseConfig, CourseError> {
        ExerciseConfig::load(&config_file(&self.dir), course.config())
    }

    /// The protected files that are not as the author left them.
    pub fn changed_protected_files(&self, config: &ExerciseConfig) -> Vec<ChangedFile> {
        let changed = config.protected.iter().filter_map(|(path, expected)| {
            let change = match Digest::of_file(&self.dir.join(path)) {
                Ok(found) if found == *expected => return None,
                Ok(_) => Change::Changed,
                Err(error) if error.kind() == io::ErrorKind::NotFound => Change::Missing,
                Err(error) => Change::Unreadable(error.to_string()),
            };
            Some(ChangedFile {
                path: path.clone(),
                change,
            })
        });
        changed.collect()
    }
}

/// A protected file that is not as the author left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFile {
    /// The file, relative to the exercise's folder.
    pub path: PathBuf,
    /// What became of it.
    pub change: Change,
}

/// What became of a protected file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It says something else.
    Changed,
    /// It is gone.
    Missing,
    /// It could not be read, for this reason.
    Unreadable(String),
}

impl fmt::Display for ChangedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &self.change {
            Change::Changed => write!(f, "{path} was changed"),
            Change::Missing => write!(f, "{path} is missing"),
            Change::Unreadable(cause) => write!(f, "{path} cannot be read: {cause}"),
        }
    }
}
