//! Progress follows a renamed exercise.

use rusqlite::params;

use super::record::{current, put, put_current, solved};
use super::{Progress, ProgressError};
use crate::{Course, RecordedName};

/// An exercise that has progress under a former name.
#[derive(Debug)]
struct Renamed {
    from: RecordedName,
    to: RecordedName,
    /// Whether the old folder is gone, so that the old row no longer means anything.
    old_is_gone: bool,
}

/// Copies the rows of renamed exercises to the new names, and removes rows whose folders are gone.
pub(super) fn follow(progress: &mut Progress, course: &Course) -> Result<(), ProgressError> {
    let renamed = renamed(progress, course)?;
    if renamed.is_empty() {
        return Ok(());
    }
    progress.write(|transaction| {
        for Renamed {
            from,
            to,
            old_is_gone,
        } in &renamed
        {
            let old = solved(transaction, from)?.unwrap_or(false);
            match solved(transaction, to)? {
                // A row that stays is read again every time, and must not undo later changes.
                Some(new) if *old_is_gone => put(transaction, to, new || old)?,
                Some(_) => {}
                None => put(transaction, to, old)?,
            }
            if *old_is_gone && current(transaction)?.as_ref() == Some(from) {
                put_current(transaction, to)?;
            }
        }
        // Only now, since two exercises may have the same former name.
        for Renamed { from, .. } in renamed.iter().filter(|one| one.old_is_gone) {
            transaction.execute(
                "DELETE FROM open_exercises WHERE chapter = ?1 AND exercise = ?2",
                params![from.chapter, from.exercise],
            )?;
        }
        Ok(())
    })
}

fn renamed(progress: &Progress, course: &Course) -> Result<Vec<Renamed>, ProgressError> {
    let rows = progress.rows()?;
    let mut found = Vec::new();
    if rows.is_empty() {
        return Ok(found);
    }
    for exercise in course.exercises() {
        // A broken configuration is reported when the exercise is verified; it must not prevent opening the progress.
        let Ok(config) = exercise.config(course) else {
            continue;
        };
        let to = RecordedName::from(exercise.id());
        for from in config.formerly {
            if from == to || !rows.contains_key(&from) {
                continue;
            }
            let old_dir = course
                .exercises_dir()
                .join(&from.chapter)
                .join(&from.exercise);
            let old_is_gone = old_dir.symlink_metadata().is_err();
            if old_is_gone || !rows.contains_key(&to) {
                found.push(Renamed {
                    from,
                    to: to.clone(),
                    old_is_gone,
                });
            }
        }
    }
    Ok(found)
}
