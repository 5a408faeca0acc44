//! Reading and recording progress.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::copy::name;
use super::open::{Database, open};
use super::{Notice, ProgressError, rename};
use crate::{Course, ExerciseId, RecordedName};

/// An exercise that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Which one.
    pub id: ExerciseId,
    /// Whether it is solved.
    pub solved: bool,
}

/// A row of the database that names no exercise of the course.
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
}

/// No course has more exercises than this.
const MOST_ROWS: u32 = 10_000;

impl Progress {
    /// Opens the course's progress, begins it where there is none, and lets it follow renamed exercises.
    ///
    /// A damaged database is kept under another name and a new one begun; where nothing can be written, progress is
    /// held in memory. [`Progress::notices`] tells of both.
    pub fn open(course: &Course) -> Result<Self, ProgressError> {
        let file = course.progress_file();
        let database = open(&file)?;
        let mut progress = Self { file, database };
        rename::follow(&mut progress, course)?;
        Ok(progress)
    }

    /// What the learner should be told about the database.
    pub fn notices(&self) -> &[Notice] {
        &self.database.notices
    }

    /// Whether what is recorded is still there when the program has ended.
    pub fn can_record(&self) -> bool {
        self.database.can_record
    }

    /// The opened exercises, in the order of the course.
    pub fn opened(&self, course: &Course) -> Result<Vec<Opened>, ProgressError> {
        let mut opened = Vec::new();
        for exercise in course.exercises() {
            let name = RecordedName::from(exercise.id());
            // Asked one by one: however much the database holds, the course is small.
            if let Some(solved) = self.read(|connection| solved(connection, &name))? {
                let id = exercise.id().clone();
                opened.push(Opened { id, solved });
            }
        }
        Ok(opened)
    }

    /// The rows that name no exercise of the course, as far as there are not too many. They are left where they are.
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

    /// Records that an exercise was opened. One that was opened before stays as it is.
    pub fn open_exercise(&mut self, id: &ExerciseId) -> Result<(), ProgressError> {
        let name = RecordedName::from(id);
        // What is recorded already need not be written, nor the disk waited for.
        if self.read(|connection| solved(connection, &name))?.is_some() {
            return Ok(());
        }
        self.write(|transaction| match solved(transaction, &name)? {
            Some(_) => Ok(()),
            None => put(transaction, &name, false),
        })
    }

    /// Records whether an exercise is solved, be it opened before or not.
    pub fn set_solved(&mut self, id: &ExerciseId, is_solved: bool) -> Result<(), ProgressError> {
        let name = RecordedName::from(id);
        if self.read(|connection| solved(connection, &name))? == Some(is_solved) {
            return Ok(());
        }
        self.write(|transaction| put(transaction, &name, is_solved))
    }

    /// The exercise that the learner is at, unless it is no longer part of the course.
    pub fn current(&self, course: &Course) -> Result<Option<ExerciseId>, ProgressError> {
        let id = self.read(current)?.and_then(|name| name.to_id());
        Ok(id.filter(|id| course.exercise(id).is_some()))
    }

    /// Makes an exercise the one that the learner is at.
    pub fn set_current(&mut self, id: &ExerciseId) -> Result<(), ProgressError> {
        let name = RecordedName::from(id);
        if self.read(current)?.as_ref() == Some(&name) {
            return Ok(());
        }
        self.write(|transaction| put_current(transaction, &name))
    }

    /// The number of the hint that was shown last, counted from 1; `None` when none was.
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

    /// Records the number of the hint that was shown last.
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

    /// The rows that can be understood, by name; of a database that holds more than any course, the first ones.
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

    /// Does `work`, and all of it or nothing is recorded.
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

    fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, ProgressError> {
        work(&self.database.connection).map_err(|error| ProgressError::new(&self.file, error))
    }
}

/// Whether an exercise is solved; `None` when it has no row.
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

/// Writes an exercise's row. It asks for no uniqueness of the table, which another program may have created without.
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
