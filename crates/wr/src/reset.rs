//! Restores exercises to their original files, and undoes that.
//!
//! Both are the same operation: an exercise's files are replaced by others, which come from git or from a backup. The
//! new files are first written next to the backups. Then everything that the learner has is backed up, and only when
//! that backup is complete does anything change, by renaming files. So a full disk is noticed before anything is
//! touched, and nothing is lost if `wr` is killed: running it again completes the work.

mod backup;
mod change;
mod originals;
mod replace;
mod tree;

use std::io;
use std::num::NonZeroU32;
use std::path::Path;

use course::{Course, Exercise};
use engine::System;

pub(crate) use self::backup::{Backup, Cause, backups};
use self::backup::{Store, Undone};
pub(crate) use self::change::Change;
pub(crate) use self::originals::Originals;
use self::tree::Tree;
use crate::error::CommandError;
use crate::session::Learner;

/// Exercises whose files are about to be replaced. Nothing of the learner's has been touched yet.
pub(crate) struct Prepared {
    store: Store,
    cause: Cause,
    replacements: Vec<Replacement>,
}

/// An exercise and the files that it's about to have.
pub(crate) struct Replacement {
    pub(crate) exercise: Exercise,
    /// Where the files come from, in words.
    pub(crate) source: String,
    pub(crate) change: Change,
    present: Tree,
    /// Whether it counts as solved afterwards.
    is_solved: bool,
}

/// What was replaced.
pub(crate) struct Done {
    pub(crate) cause: Cause,
    pub(crate) replacements: Vec<Replacement>,
    /// The backup of the learner's files; `None` if there was nothing to replace.
    pub(crate) backup: Option<Backup>,
}

impl Prepared {
    /// The exercises, in the order in which they were named.
    pub(crate) fn replacements(&self) -> &[Replacement] {
        &self.replacements
    }

    /// Those that differ from the files they are about to have.
    pub(crate) fn changing(&self) -> impl Iterator<Item = &Replacement> {
        self.replacements
            .iter()
            .filter(|one| !one.change.is_empty())
    }

    /// Backs up the learner's files, replaces them, and records that the exercises are no longer solved.
    pub(crate) fn carry_out(self, learner: &mut Learner<'_>) -> Result<Done, CommandError> {
        let changing: Vec<&Replacement> = self.changing().collect();
        let backup = if changing.is_empty() {
            None
        } else {
            let backup = match self.store.resumable(&changing)? {
                Some(unfinished) => unfinished,
                None => self.store.keep(self.cause, &changing, learner)?,
            };
            // First, so that an exercise never counts as solved with other files than those that were verified.
            record(learner, &changing, false)?;
            for one in &changing {
                replace::replace(one, &self.store.staged(one.exercise.id()), &backup)?;
            }
            let solved: Vec<_> = changing.into_iter().filter(|one| one.is_solved).collect();
            record(learner, &solved, true)?;
            backup.finish()?;
            Some(backup)
        };
        Ok(Done {
            cause: self.cause,
            replacements: self.replacements,
            backup,
        })
    }
}

/// Records whether exercises are solved. Those that the learner hasn't opened yet stay closed.
fn record(
    learner: &mut Learner<'_>,
    replacements: &[&Replacement],
    is_solved: bool,
) -> Result<(), CommandError> {
    let opened = learner.progress.opened(learner.course)?;
    for one in replacements {
        let id = one.exercise.id();
        if opened.iter().any(|opened| opened.id == *id) {
            learner.progress.set_solved(id, is_solved)?;
        }
    }
    Ok(())
}

/// Prepares to restore the original files of exercises.
pub(crate) fn prepare(
    course: &Course,
    originals: &Originals<'_>,
    exercises: &[Exercise],
) -> Result<Prepared, CommandError> {
    let store = Store::open(course.root())?;
    let sources = originals.write(&store, exercises)?;
    let replacements = exercises
        .iter()
        .zip(sources)
        .map(|(exercise, source)| replacement(&store, exercise, source, false))
        .collect::<Result<_, _>>()?;
    Ok(Prepared {
        store,
        cause: Cause::Reset,
        replacements,
    })
}

/// Restores the original files of one exercise: what a key does, without a question.
pub(crate) fn exercise(
    system: &dyn System,
    learner: &mut Learner<'_>,
    exercise: &Exercise,
) -> Result<Done, CommandError> {
    let originals = Originals::find(system, learner.course, None)?;
    prepare(learner.course, &originals, std::slice::from_ref(exercise))?.carry_out(learner)
}

/// Prepares to bring back the files of a backup, by default the last one.
pub(crate) fn prepare_undo(
    course: &Course,
    number: Option<NonZeroU32>,
) -> Result<Prepared, CommandError> {
    let store = Store::open(course.root())?;
    let undone: Vec<Undone> = store.stage_backup(course, number)?;
    let replacements = undone
        .into_iter()
        .map(|one| replacement(&store, &one.exercise, one.source, one.was_solved))
        .collect::<Result<_, _>>()?;
    Ok(Prepared {
        store,
        cause: Cause::Undo,
        replacements,
    })
}

fn replacement(
    store: &Store,
    exercise: &Exercise,
    source: String,
    is_solved: bool,
) -> Result<Replacement, CommandError> {
    require_no_link(exercise.dir())?;
    let staged = store.staged(exercise.id());
    let wanted = Tree::read(&staged, None)?;
    let present = Tree::read(exercise.dir(), Some(&wanted))?;
    Ok(Replacement {
        exercise: exercise.clone(),
        source,
        change: Change::between(&present, &wanted),
        present,
        is_solved,
    })
}

/// Through a link, files outside the course would be replaced.
fn require_no_link(dir: &Path) -> Result<(), CommandError> {
    let is_link = |path: &&Path| {
        path.symlink_metadata()
            .is_ok_and(|found| found.is_symlink())
    };
    match dir.ancestors().take(2).find(is_link) {
        Some(link) => Err(CommandError::new(format!(
            "{} is a symbolic link, and wr only replaces files inside the course",
            link.display()
        ))
        .help("remove the link and run the command again; the files that it points to stay as they are")),
        None => Ok(()),
    }
}

/// An error about a file, with what to do.
fn cannot(what: &str, path: &Path, error: &io::Error) -> CommandError {
    let failed = CommandError::new(format!("cannot {what} {}: {error}", path.display()));
    failed.help(match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "free some disk space and run the command again; none of your work was lost"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "change the permissions and run the command again; none of your work was lost"
        }
        _ => "none of your work was lost; once that's fixed, run the command again",
    })
}
