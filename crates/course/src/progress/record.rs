//! Reads and records progress.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::copy::name;
use super::open::{Database, open};
use super::{Notice, ProgressError, rename, without_manifest};
use crate::{Course, ExerciseId, RecordedName};

/// An opened exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Its ID.
    pub id: ExerciseId,
    /// Whether it is solved.
    pub solved: bool,
}

/// A database row that doesn't match any exercise of the course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vanished {
    /// The names in the row.
    pub name: RecordedName,
    /// Whether it was solved.
    pub solved: bool,
}

/// The learner's progress in a course.
#[derive(Debug)]
pub struct Progress {
    file: PathBuf,
    database: Database,
    /// The exercises that only this tool recognises.
    pub(super) without_manifest: BTreeSet<RecordedName>,
}

/// No course has more exercises than this.
const MOST_ROWS: u32 = 10_000;

impl Progress {
    /// Opens the course's progress, creates it if there is none, and carries it over to renamed exercises.
    ///
    /// A damaged database is kept under another name and replaced by a new one; if nothing can be written, progress is
    /// kept in memory. [`Progress::notices`] reports both.
    pub fn open(course: &Course) -> Result<Self, ProgressError> {
        let file = course.progress_file();
        let database = open(&file)?;
        let mut progress = Self {
            file,
            database,
            without_manifest: without_manifest::find(course),
        };
        rename::follow(&mut progress, course)?;
        without_manifest::restore(&mut progress)?;
        Ok(progress)
    }

    /// What the learner should know about the database.
    pub fn notices(&self) -> &[Notice] {
        &self.database.notices
    }

    /// Whether recorded progress outlasts the program.
    pub fn can_record(&self) -> bool {
        self.database.can_record
    }

    /// The opened exercises, in course order.
    pub fn opened(&self, course: &Course) -> Result<Vec<Opened>, ProgressError> {
        let mut opened = Vec::new();
        for exercise in course.exercises() {
            let name = RecordedName::from(exercise.id());
            // One query each: however large the database is, the course is small.
            if let Some(solved) = self.read(|connection| solved(connection, &name))? {
                let id = exercise.id().clone();
                opened.push(Opened { id, solved });
            }
        }
        Ok(opened)
    }

    /// The rows that match no exercise of the course, up to a limit. They are left untouched.
    pub fn vanished(&self, course: &Course) -> Result<Vec<Vanished>, ProgressError> {
        let rows = self.rows()?.into_iter();
        let vanished = rows.filter_map(|(name, solved)| {
            let there = name
                .to_id()
                .is_some_and(|id| course.exercise(&id).is_some());
            (!there).then_some(Vanished { name, solved })
        });
        Ok(vanished.collect())
    }

    /// Records that an exercise was opened. If it was already open, nothing changes.
    pub fn open_exercise(&mut self, id: &ExerciseId) -> Result<(), ProgressError> {
        let name = RecordedName::from(id);
        // Skip the write, and the wait for the disk, if it's already recorded.
        if self.read(|connection| solved(connection, &name))?.is_some() {
            return Ok(());
        }
        self.write(|transaction| match solved(transaction, &name)? {
            Some(_) => Ok(()),
            None => put(transaction, &name, false),
        })?;
        self.keep(&name, false)
    }

    /// Keeps a copy of what was just recorded, in case the other tool removes it.
    fn keep(&mut self, name: &RecordedName, is_solved: bool) -> Result<(), ProgressError> {
        if !self.without_manifest.contains(name) {
            return Ok(());
        }
        self.write(|transaction| without_manifest::keep(transaction, name, is_solved))
    }

    /// Records whether an exercise is solved, whether or not it was opened before.
    pub fn set_solved(&mut self, id: &ExerciseId, is_solved: bool) -> Result<(), ProgressError> {
        let name = RecordedName::from(id);
        if self.read(|connection| solved(connection, &name))? == Some(is_solved) {
            return Ok(());
        }
        self.write(|transaction| put(transaction, &name, is_solved))?;
        self.keep(&name, is_solved)
    }

    /// The learner's current exercise, unless it's no longer part of the course.
    pub fn current(&self, course: &Course) -> Result<Option<ExerciseId>, ProgressError> {
        let id = self.read(current)?.and_then(|name| name.to_id());
        Ok(id.filter(|id| course.exercise(id).is_some()))
    }

    /// Sets the learner's current exercise.
    pub fn set_current(&mut self, id: &ExerciseId) -> Result<(), ProgressError> {
        let name = RecordedName::from(id);
        if self.read(current)?.as_ref() == Some(&name) {
            return Ok(());
        }
        self.write(|transaction| put_current(transaction, &name))
    }

    /// The number of the last hint shown, counted from 1; `None` if there was none.
    pub fn hint_shown(&self, id: &ExerciseId) -> Result<Option<usize>, ProgressError> {
        let name = RecordedName::from(id);
        let shown: Option<i64> = self.read(|connection| {
            let query = "SELECT shown FROM wr_hints WHERE chapter = ?1 AND exercise = ?2";
            let values = params![name.chapter, name.exercise];
            connection
                .query_row(query, values, |row| row.get(0))
                .optional()
        })?;
        Ok(shown.and_then(|shown| usize::try_from(shown).ok()))
    }

    /// Records the number of the last hint shown.
    pub fn set_hint_shown(&mut self, id: &ExerciseId, number: usize) -> Result<(), ProgressError> {
        let name = RecordedName::from(id);
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        self.write(|transaction| {
            transaction.execute(
                "INSERT OR REPLACE INTO wr_hints (chapter, exercise, shown) VALUES (?1, ?2, ?3)",
                params![name.chapter, name.exercise, number],
            )?;
            Ok(())
        })
    }

    /// Whether the learner saw the solution before the exercise was solved.
    pub fn has_seen_solution(&self, id: &ExerciseId) -> Result<bool, ProgressError> {
        let name = RecordedName::from(id);
        self.read(|connection| {
            let query = "SELECT 1 FROM wr_solutions_seen WHERE chapter = ?1 AND exercise = ?2";
            connection
                .prepare(query)?
                .exists(params![name.chapter, name.exercise])
        })
    }

    /// Records that the learner saw the solution before the exercise was solved.
    pub fn set_solution_seen(&mut self, id: &ExerciseId) -> Result<(), ProgressError> {
        let name = RecordedName::from(id);
        self.write(|transaction| {
            transaction.execute(
                "INSERT OR REPLACE INTO wr_solutions_seen (chapter, exercise) VALUES (?1, ?2)",
                params![name.chapter, name.exercise],
            )?;
            Ok(())
        })
    }

    /// The valid rows, by name. If the database has more rows than any course, only the first ones.
    pub(super) fn rows(&self) -> Result<BTreeMap<RecordedName, bool>, ProgressError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare("SELECT chapter, exercise, solved IS TRUE FROM open_exercises LIMIT ?1")?;
            let mut rows = statement.query([MOST_ROWS])?;
            let mut found = BTreeMap::new();
            while let Some(row) = rows.next()? {
                if let Some(name) = name(row) {
                    found.insert(name, row.get(2)?);
                }
            }
            Ok(found)
        })
    }

    /// Runs `work` and records either all of it or nothing.
    pub(super) fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, ProgressError> {
        let connection = &mut self.database.connection;
        let done = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .and_then(|transaction| {
                let result = work(&transaction)?;
                transaction.commit()?;
                Ok(result)
            });
        done.map_err(|error| ProgressError::new(&self.file, error))
    }

    pub(super) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, ProgressError> {
        work(&self.database.connection).map_err(|error| ProgressError::new(&self.file, error))
    }
}

/// Whether an exercise is solved; `None` if it has no row.
pub(super) fn solved(
    connection: &Connection,
    name: &RecordedName,
) -> rusqlite::Result<Option<bool>> {
    connection
        .query_row(
            "SELECT solved IS TRUE FROM open_exercises WHERE chapter = ?1 AND exercise = ?2",
            params![name.chapter, name.exercise],
            |row| row.get(0),
        )
        .optional()
}

/// Writes an exercise's row. It doesn't rely on a unique key, which another program may have left out of the table.
pub(super) fn put(
    connection: &Connection,
    name: &RecordedName,
    solved: bool,
) -> rusqlite::Result<()> {
    let values = params![name.chapter, name.exercise, solved];
    let changed = connection.execute(
        "UPDATE open_exercises SET solved = ?3 WHERE chapter = ?1 AND exercise = ?2",
        values,
    )?;
    if changed == 0 {
        connection.execute(
            "INSERT INTO open_exercises (chapter, exercise, solved) VALUES (?1, ?2, ?3)",
            values,
        )?;
    }
    Ok(())
}

/// The name of the current exercise.
pub(super) fn current(connection: &Connection) -> rusqlite::Result<Option<RecordedName>> {
    let query = "SELECT chapter, exercise FROM wr_current WHERE only = 1";
    let found = connection
        .query_row(query, [], |row| Ok(name(row)))
        .optional()?;
    Ok(found.flatten())
}

/// Writes the name of the current exercise.
pub(super) fn put_current(connection: &Connection, name: &RecordedName) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT OR REPLACE INTO wr_current (only, chapter, exercise) VALUES (1, ?1, ?2)",
        params![name.chapter, name.exercise],
    )?;
    Ok(())
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
