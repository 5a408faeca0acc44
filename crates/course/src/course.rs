//! The course: a repository with a `.wr.toml` at its root and exercises in a folder.

use std::io;
use std::path::{Path, PathBuf};

use crate::config::{self, RootConfig};
use crate::scan::{Scan, scan};
use crate::{
    CourseError, Exercise, ExerciseId, FolderName, SelectError, SkippedFolder, location,
    repository, select,
};

/// A course as it was on disk when it was found.
#[derive(Debug)]
pub struct Course {
    root: PathBuf,
    exercises_dir: PathBuf,
    config: RootConfig,
    exercises: Vec<Exercise>,
    skipped_folders: Vec<SkippedFolder>,
}

impl Course {
    /// Finds the course that contains `from`: the innermost git work tree, which must have a `.wr.toml` at its root.
    pub fn find(from: &Path) -> Result<Self, CourseError> {
        let root = repository::root(from)?;
        let file = config::config_file(&root);
        let Some(bytes) = config::read(&file)? else {
            let outer = repository::outer_roots(&root)
                .find(|outer| config::config_file(outer).is_file())
                .map(Path::to_owned);
            return Err(CourseError::NoConfig { file, outer });
        };
        let config = RootConfig::parse(&file, &bytes)?;
        let exercises_dir = root.join(&config.exercises_dir);
        require_folder(&exercises_dir, file.clone())?;
        require_inside(&exercises_dir, &root, file)?;
        let Scan {
            exercises,
            skipped_folders,
        } = scan(&exercises_dir)?;
        Ok(Self {
            root,
            exercises_dir,
            config,
            exercises,
            skipped_folders,
        })
    }

    /// The root of the repository.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder that contains the chapters.
    pub fn exercises_dir(&self) -> &Path {
        &self.exercises_dir
    }

    /// The database with the learner's progress, which need not exist yet.
    pub fn progress_file(&self) -> PathBuf {
        self.exercises_dir.join("progress.db")
    }

    /// The exercises, in course order.
    pub fn exercises(&self) -> &[Exercise] {
        &self.exercises
    }

    /// The exercise with this ID.
    pub fn exercise(&self, id: &ExerciseId) -> Option<&Exercise> {
        let at = self
            .exercises
            .binary_search_by(|exercise| exercise.id().cmp(id));
        at.ok().map(|at| &self.exercises[at])
    }

    /// The exercise whose folder is `path` or contains it. The path needn't exist.
    pub fn exercise_at(&self, path: &Path) -> Option<&Exercise> {
        location::exercise_at(&self.exercises, path)
    }

    /// The chapter that a number or a folder name stands for.
    ///
    /// # Errors
    ///
    /// If there is no such chapter, or more than one.
    pub fn chapter(&self, asked: &str) -> Result<&FolderName, SelectError> {
        select::select_chapter(&self.exercises, asked)
    }

    /// Finds an exercise by chapter and exercise, each a number or a folder name.
    pub fn select(&self, chapter: &str, exercise: &str) -> Result<&Exercise, SelectError> {
        select::select(&self.exercises, chapter, exercise)
    }

    /// Finds an exercise by a single word: `01_intro/01_setup`, `1/1`, the name of an exercise's folder, or a path on
    /// disk.
    pub fn select_path(&self, text: &str) -> Result<&Exercise, SelectError> {
        select::select_path(&self.exercises, text)
    }

    /// Folders that look like chapters or exercises but were skipped.
    pub fn skipped_folders(&self) -> &[SkippedFolder] {
        &self.skipped_folders
    }

    /// The root's settings for all exercises.
    pub(crate) fn config(&self) -> &RootConfig {
        &self.config
    }
}

/// Makes sure that a checkout doesn't decide about anything outside itself, whatever a key or a link says.
fn require_inside(dir: &Path, root: &Path, config: PathBuf) -> Result<(), CourseError> {
    let path = repository::resolved(dir);
    let root = repository::resolved(root);
    if path.starts_with(&root) {
        Ok(())
    } else {
        Err(CourseError::ExercisesOutside { path, root, config })
    }
}

fn require_folder(path: &Path, config: PathBuf) -> Result<(), CourseError> {
    let path = path.to_owned();
    match path.metadata() {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(CourseError::ExercisesNotADirectory { path, config }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(CourseError::ExercisesMissing { path, config })
        }
        Err(source) => Err(CourseError::Unreadable { path, source }),
    }
}
