//! Where the parts of a course are: next to the exercises, under the same paths.

use std::path::{Path, PathBuf};

use course::{Course, ExerciseId};

/// The directories of a course.
#[derive(Debug, Clone)]
pub struct Places {
    root: PathBuf,
    exercises: PathBuf,
    /// Where the solutions are, if they are whole exercises from another revision.
    revision: Option<PathBuf>,
}

impl Places {
    /// The directories of this course.
    pub fn of(course: &Course) -> Self {
        Self {
            root: course.root().to_owned(),
            exercises: course.exercises_dir().to_owned(),
            revision: None,
        }
    }

    /// The same, with whole exercises in this folder as the solutions.
    #[must_use]
    pub fn with_revision(mut self, revision: Option<PathBuf>) -> Self {
        self.revision = revision;
        self
    }

    /// Whether a solution is a whole exercise, not just the files that differ from the starter.
    pub fn has_whole_solutions(&self) -> bool {
        self.revision.is_some()
    }

    /// The root of the repository.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder that holds the chapters.
    pub fn exercises(&self) -> &Path {
        &self.exercises
    }

    /// The folder that holds the solutions.
    pub fn solutions(&self) -> PathBuf {
        match &self.revision {
            Some(revision) => revision.clone(),
            None => self.root.join("solutions"),
        }
    }

    /// The folder that holds the book's pages.
    pub fn pages(&self) -> PathBuf {
        self.root.join("book").join("src")
    }

    /// The book's table of contents.
    pub fn summary(&self) -> PathBuf {
        self.pages().join("SUMMARY.md")
    }

    /// An exercise's page.
    pub fn page(&self, id: &ExerciseId) -> PathBuf {
        self.pages()
            .join(id.chapter().as_str())
            .join(format!("{}.md", id.name()))
    }

    /// An exercise's solution.
    pub fn solution(&self, id: &ExerciseId) -> PathBuf {
        below(&self.solutions(), id)
    }

    /// An exercise's folder.
    pub fn exercise(&self, id: &ExerciseId) -> PathBuf {
        below(&self.exercises, id)
    }

    /// The file that explains the solution.
    pub fn why(&self, id: &ExerciseId) -> PathBuf {
        self.solution(id).join("WHY.md")
    }

    /// The file that lists the mutants that the tests needn't notice.
    pub fn survivors(&self, id: &ExerciseId) -> PathBuf {
        self.solution(id).join("mutants.toml")
    }

    /// The wrong answers of an exercise, by name.
    pub fn wrong(&self, id: &ExerciseId) -> Vec<(String, PathBuf)> {
        folders(&self.solution(id).join("wrong"))
    }

    /// A path as shown to people: relative to the root, with `/` as the separator.
    pub fn shown(&self, path: &Path) -> String {
        let path = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Vec<_> = path
            .iter()
            .map(|part| part.to_string_lossy().into_owned())
            .collect();
        parts.join("/").replacen("//", "/", 1)
    }
}

fn below(dir: &Path, id: &ExerciseId) -> PathBuf {
    dir.join(id.chapter().as_str()).join(id.name().as_str())
}

/// The visible folders in `dir`, by name; none if `dir` doesn't exist.
pub(crate) fn folders(dir: &Path) -> Vec<(String, PathBuf)> {
    let mut found: Vec<_> = std::fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| {
            (
                entry.file_name().to_string_lossy().into_owned(),
                entry.path(),
            )
        })
        .filter(|(name, path)| !name.starts_with('.') && path.is_dir())
        .collect();
    found.sort();
    found
}
