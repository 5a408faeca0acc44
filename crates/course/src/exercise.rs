//! One exercise.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::config::{ExerciseConfig, config_file};
use crate::{Course, CourseError, Digest, ExerciseId};

/// An exercise: its name and its folder. It needn't have a manifest, since not every lesson is in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exercise {
    id: ExerciseId,
    dir: PathBuf,
}

impl Exercise {
    /// The exercise `id` in the folder `dir`.
    pub fn new(id: ExerciseId, dir: PathBuf) -> Self {
        Self { id, dir }
    }

    /// The exercise's name.
    pub fn id(&self) -> &ExerciseId {
        &self.id
    }

    /// The exercise's folder, as an absolute path.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The exercise's configuration, read from disk each time.
    pub fn config(&self, course: &Course) -> Result<ExerciseConfig, CourseError> {
        let name = self.id.to_string();
        ExerciseConfig::load(&config_file(&self.dir), &name, course.config())
    }

    /// The protected files that differ from the author's version.
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
        changed.chain(self.added_test_settings(config)).collect()
    }

    /// Files that change how the protected tests run and that the author didn't write: a `conftest.py` can make every
    /// test pass. If nothing is protected, the learner's files are as good as the author's.
    fn added_test_settings(&self, config: &ExerciseConfig) -> Vec<ChangedFile> {
        if config.protected.is_empty() {
            return Vec::new();
        }
        let is_setting = |entry: &DirEntry| {
            let name = entry.file_name().to_str();
            let is_setting = |name| name == CONFTEST || PYTEST_SETTINGS.contains(&name);
            entry.file_type().is_file() && name.is_some_and(is_setting)
        };
        let walk = WalkDir::new(&self.dir)
            .max_depth(DEEPEST)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| !is_made_by_tools(entry));
        walk.filter_map(Result::ok)
            .filter(is_setting)
            .filter_map(|entry| Some(entry.path().strip_prefix(&self.dir).ok()?.to_owned()))
            .filter(|path| !config.protected.contains_key(path))
            .map(|path| ChangedFile {
                path,
                change: Change::Added,
            })
            .collect()
    }
}

/// The code file that pytest loads on its own.
pub const CONFTEST: &str = "conftest.py";

/// The files that pytest reads its settings from (pytest's documentation, "Configuration"), except `pyproject.toml`,
/// which every exercise has.
pub const PYTEST_SETTINGS: [&str; 6] = [
    "pytest.toml",
    ".pytest.toml",
    "pytest.ini",
    ".pytest.ini",
    "tox.ini",
    "setup.cfg",
];

/// How deep below an exercise to look for tests.
const DEEPEST: usize = 8;

fn is_made_by_tools(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() > 0
        && entry.file_type().is_dir()
        && (name == "target" || name == "node_modules" || name.starts_with('.'))
}

/// A protected file that differs from the author's version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFile {
    /// The file, relative to the exercise's folder.
    pub path: PathBuf,
    /// What happened to it.
    pub change: Change,
}

/// What happened to a protected file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Its contents changed.
    Changed,
    /// It is gone.
    Missing,
    /// It's new, and changes how the tests run.
    Added,
    /// It could not be read, for this reason.
    Unreadable(String),
}

impl fmt::Display for ChangedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &self.change {
            Change::Changed => write!(f, "{path} was changed"),
            Change::Missing => write!(f, "{path} is missing"),
            Change::Added => write!(f, "{path} was added"),
            Change::Unreadable(cause) => write!(f, "{path} cannot be read: {cause}"),
        }
    }
}
