//! A course in a temporary directory.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::TempDir;
use wr_course::{Course, CourseError, ExerciseId, Progress};

/// A course in a temporary directory, which is removed on drop.
pub(crate) struct Fixture {
    dir: TempDir,
}

impl Fixture {
    /// A git repository with an empty `.wr.toml` and these exercises.
    pub(crate) fn new(exercises: &[&str]) -> Self {
        let fixture = Self {
            dir: TempDir::new().unwrap(),
        };
        fs::create_dir(fixture.path(".git")).unwrap();
        fs::create_dir(fixture.path("exercises")).unwrap();
        fixture.write(".wr.toml", "");
        for exercise in exercises {
            fixture.exercise(exercise);
        }
        fixture
    }

    /// A path inside the repository.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.dir.path().join(relative)
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn write(&self, relative: &str, text: impl AsRef<[u8]>) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Creates an exercise's folder.
    pub(crate) fn exercise(&self, id: &str) {
        fs::create_dir_all(self.path("exercises").join(id)).unwrap();
    }

    /// The course in its current state.
    pub(crate) fn course(&self) -> Course {
        self.find("").unwrap()
    }

    /// Looks for the course from a folder in the repository.
    pub(crate) fn find(&self, relative: &str) -> Result<Course, CourseError> {
        Course::find(&self.path(relative))
    }

    /// The database file.
    pub(crate) fn db(&self) -> PathBuf {
        self.path("exercises/progress.db")
    }

    /// The current progress, which must open.
    pub(crate) fn progress(&self) -> Progress {
        Progress::open(&self.course()).unwrap()
    }

    /// Opens the database and creates its table the way the other tool does.
    pub(crate) fn other_tool(&self) -> Connection {
        let connection = Connection::open(self.db()).unwrap();
        connection
            .execute_batch(
                "CREATE TABLE IF NOT EXISTS open_exercises (chapter TEXT NOT NULL, exercise TEXT NOT NULL, \
                 solved INTEGER NOT NULL, PRIMARY KEY (chapter, exercise))",
            )
            .unwrap();
        connection
    }

    /// The rows of the shared table, as the other tool reads them.
    pub(crate) fn rows(&self) -> Vec<(String, i64)> {
        let connection = self.other_tool();
        let mut statement = connection
            .prepare("SELECT chapter || '/' || exercise, solved FROM open_exercises ORDER BY chapter, exercise")
            .unwrap();
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        rows.map(Result::unwrap).collect()
    }

    /// The opened exercises as strings: `01_a/01_x` if solved, `(01_a/01_x)` if not.
    pub(crate) fn opened(&self, progress: &Progress) -> Vec<String> {
        let opened = progress.opened(&self.course()).unwrap();
        let shown = |one: &wr_course::Opened| {
            if one.solved {
                one.id.to_string()
            } else {
                format!("({})", one.id)
            }
        };
        opened.iter().map(shown).collect()
    }
}

/// Inserts a row the way the other tool does.
pub(crate) fn insert(connection: &Connection, chapter: &str, exercise: &str, solved: bool) {
    connection
        .execute(
            "INSERT OR REPLACE INTO open_exercises VALUES (?1, ?2, ?3)",
            (chapter, exercise, solved),
        )
        .unwrap();
}

/// An identifier.
pub(crate) fn id(text: &str) -> ExerciseId {
    text.parse().unwrap()
}

/// The IDs of a course's exercises, as strings.
pub(crate) fn ids(course: &Course) -> Vec<String> {
    course
        .exercises()
        .iter()
        .map(|one| one.id().to_string())
        .collect()
}

/// The names of the files in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
