//! Why a course cannot be read.

use std::io;
use std::path::PathBuf;

use crate::TomlError;

/// Why a course, or an exercise's configuration, cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CourseError {
    /// No parent folder contains a `.git`.
    #[error("{} is not in a git repository", from.display())]
    NotInRepository {
        /// Where the search started.
        from: PathBuf,
    },
    /// The repository's root has no `.wr.toml`.
    #[error("{} is missing, so this repository is not a course", file.display())]
    NoConfig {
        /// The missing file.
        file: PathBuf,
        /// If the repository is inside another one that is a course, the root of that one.
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
    /// The exercises directory is outside the repository.
    #[error("the exercises directory {} is not inside the repository {}", path.display(), root.display())]
    ExercisesOutside {
        /// Its path with links resolved.
        path: PathBuf,
        /// The repository's root.
        root: PathBuf,
        /// The configuration file that sets it.
        config: PathBuf,
    },
    /// The exercises directory isn't a directory.
    #[error("the exercises directory {} is not a directory", path.display())]
    ExercisesNotADirectory {
        /// The path that isn't a directory.
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
                 if the course was downloaded without git, run `git init` in its folder"
                    .to_owned(),
            ),
            Self::NoConfig {
                outer: Some(outer), ..
            } => Some(format!(
                "this folder is a separate git repository inside the course at {}; \
                 change to that folder, or move the inner `.git` elsewhere",
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
                "wr records progress and verifies exercises there: make `exercises_dir` in {} point to a folder \
                 in this repository",
                config.display()
            )),
            Self::ExercisesMissing { config, .. } | Self::ExercisesNotADirectory { config, .. } => {
                Some(format!(
                    "set `exercises_dir` in {} to the folder that contains the chapters, \
                 or restore it with `git checkout`",
                    config.display()
                ))
            }
        }
    }
}
