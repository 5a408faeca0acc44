//! Why a course cannot be read.

use std::io;
use std::path::PathBuf;

use crate::TomlError;

/// Why a course, or an exercise's configuration, cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CourseError {
    /// No folder upwards holds a `.git`.
    #[error("{} is not in a git repository", from.display())]
    NotInRepository {
        /// Where the search began.
        from: PathBuf,
    },
    /// The repository's root has no `.wr.toml`.
    #[error("{} is missing, so this repository is no course", file.display())]
    NoConfig {
        /// The file that is missing.
        file: PathBuf,
        /// A repository further up that is a course, where this one lies inside it.
        outer: Option<PathBuf>,
    },
    /// A file or folder could not be read.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A configuration file is broken or has a key of the wrong type.
    #[error(transparent)]
    Toml(#[from] Box<TomlError>),
    /// The exercises directory does not exist.
    #[error("the exercises directory {} does not exist", path.display())]
    ExercisesMissing {
        /// Where it should be.
        path: PathBuf,
        /// The configuration file that could say otherwise.
        config: PathBuf,
    },
    /// The exercises directory is outside of the repository.
    #[error("the exercises directory {} is not inside of the repository {}", path.display(), root.display())]
    ExercisesOutside {
        /// Where it leads, links followed.
        path: PathBuf,
        /// The repository's root.
        root: PathBuf,
        /// The configuration file that says so.
        config: PathBuf,
    },
    /// The exercises directory is a file or something else.
    #[error("the exercises directory {} is not a directory", path.display())]
    ExercisesNotADirectory {
        /// What is in its place.
        path: PathBuf,
        /// The configuration file that could say otherwise.
        config: PathBuf,
    },
}

impl From<TomlError> for CourseError {
    fn from(error: TomlError) -> Self {
        Self::Toml(Box::new(error))
    }
}

impl CourseError {
    /// What to do next, in plain words.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::NotInRepository { .. } => Some(
                "change to the folder of the course, which is a git repository; \
                 a course that was downloaded without git becomes one by `git init` in its folder"
                    .to_owned(),
            ),
            Self::NoConfig {
                outer: Some(outer), ..
            } => Some(format!(
                "this folder is a git repository of its own inside the course at {}; \
                 change to that folder, or move the inner `.git` away",
                outer.display()
            )),
            Self::NoConfig { file, outer: None } => Some(format!(
                "change to the course's own repository, or make this one a course: \
                 create {}, which may be empty",
                file.display()
            )),
            Self::Unreadable { path, source } => (source.kind() == io::ErrorKind::PermissionDenied)
                .then(|| format!("give yourself permission to read {}", path.display())),
            Self::Toml(error) => error.help.clone(),
            Self::ExercisesOutside { config, .. } => Some(format!(
                "wr records progress and verifies exercises there: let `exercises_dir` in {} lead to a folder \
                 of this repository",
                config.display()
            )),
            Self::ExercisesMissing { config, .. } | Self::ExercisesNotADirectory { config, .. } => {
                Some(format!(
                    "name the folder that holds the chapters as `exercises_dir` in {}, \
                 or restore it with `git checkout`",
                    config.display()
                ))
            }
        }
    }
}
