//! The backups of learners' files. They are the learner's work, so they aren't in `.wr`, which may be deleted at any time.
//!
//! `.wr-backups` is at the root of the course: among the exercises, a workspace with `members = ["exercises/*/*"]` would
//! take its directories for packages. Each backup is a numbered directory with a note and a copy of every file that its
//! exercises had.

use std::fs::{self, File, TryLockError};
use std::io;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use course::{Course, Exercise, ExerciseId};
use serde::{Deserialize, Serialize};

use super::tree::Tree;
use super::{Replacement, cannot};
use crate::error::CommandError;
use crate::session::Learner;

const DIRECTORY: &str = ".wr-backups";
const NOTE: &str = "backup.json";
const FILES: &str = "files";
/// The file that says that what the backup was made for was completed.
const FINISHED: &str = "finished";

/// What a backup was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Cause {
    /// The original files were restored.
    Reset,
    /// The files of a backup were restored.
    Undo,
}

/// What is known about a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Note {
    version: u32,
    /// In seconds since the Unix epoch.
    made: u64,
    cause: Cause,
    exercises: Vec<Kept>,
}

/// An exercise in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    exercise: String,
    was_solved: bool,
}

/// The version of the notes; a newer `wr` may write others.
const VERSION: u32 = 1;

/// A complete backup.
#[derive(Debug, Clone)]
pub(crate) struct Backup {
    pub(crate) number: u32,
    dir: PathBuf,
    note: Note,
}

impl Backup {
    fn read(number: u32, dir: PathBuf) -> Option<Self> {
        let bytes = fs::read(dir.join(NOTE)).ok()?;
        let note: Note = serde_json::from_slice(&bytes).ok()?;
        (note.version == VERSION).then_some(Self { number, dir, note })
    }

    /// Its directory.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    pub(crate) fn cause(&self) -> Cause {
        self.note.cause
    }

    /// How long ago it was made.
    pub(crate) fn age(&self) -> Duration {
        let made = UNIX_EPOCH + Duration::from_secs(self.note.made);
        SystemTime::now().duration_since(made).unwrap_or_default()
    }

    /// The exercises in it, as `chapter/exercise`.
    pub(crate) fn exercises(&self) -> impl ExactSizeIterator<Item = &str> {
        self.note.exercises.iter().map(|one| one.exercise.as_str())
    }

    /// Whether what it was made for was completed.
    pub(crate) fn is_finished(&self) -> bool {
        self.dir.join(FINISHED).is_file()
    }

    pub(super) fn files_of(&self, id: &ExerciseId) -> PathBuf {
        place_of(&self.dir.join(FILES), id)
    }

    /// Records that what it was made for is complete.
    pub(super) fn finish(&self) -> Result<(), CommandError> {
        let file = self.dir.join(FINISHED);
        fs::write(&file, "").map_err(|error| cannot("write", &file, &error))
    }
}

/// The backups of a course, the latest last.
pub(crate) fn backups(root: &Path) -> Vec<Backup> {
    let entries = fs::read_dir(root.join(DIRECTORY));
    let mut found: Vec<Backup> = entries
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let number = entry.file_name().to_str()?.parse().ok()?;
            Backup::read(number, entry.path())
        })
        .collect();
    found.sort_by_key(|backup| backup.number);
    found
}

/// An exercise whose files a backup brings back.
pub(super) struct Undone {
    pub(super) exercise: Exercise,
    pub(super) source: String,
    pub(super) was_solved: bool,
}

/// The directory of the backups, held by one `wr` at a time.
pub(super) struct Store {
    root: PathBuf,
    dir: PathBuf,
    _lock: File,
}

impl Store {
    /// Creates the directory if it's missing, and removes what a killed `wr` left unfinished: only copies.
    pub(super) fn open(root: &Path) -> Result<Self, CommandError> {
        let dir = root.join(DIRECTORY);
        if dir.symlink_metadata().is_ok_and(|found| found.is_symlink()) {
            return Err(CommandError::new(format!(
                "{} is a symbolic link, and wr doesn't follow it",
                dir.display()
            ))
            .help("remove the link and run the command again"));
        }
        fs::create_dir_all(&dir).map_err(|error| cannot("create", &dir, &error))?;
        let ignore = dir.join(".gitignore");
        // A full disk may have left an empty one.
        if fs::read(&ignore).map_or(true, |text| text.is_empty()) {
            fs::write(&ignore, "*\n").map_err(|error| cannot("write", &ignore, &error))?;
        }
        let file = dir.join(".lock");
        let lock = File::create(&file).map_err(|error| cannot("write", &file, &error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(
                    CommandError::new("another wr is restoring files in this course")
                        .help("wait until it's done, then try again"),
                );
            }
            Err(TryLockError::Error(error)) => return Err(cannot("lock", &file, &error)),
        }
        let store = Self {
            root: root.to_owned(),
            dir,
            _lock: lock,
        };
        store.clear_staging();
        Ok(store)
    }

    /// Where new files are written before anything is replaced.
    pub(super) fn staging(&self) -> PathBuf {
        self.dir.join(".staged")
    }

    /// The files that an exercise is about to have.
    pub(super) fn staged(&self, id: &ExerciseId) -> PathBuf {
        place_of(&self.staging(), id)
    }

    fn incomplete(&self) -> PathBuf {
        self.dir.join(".incomplete")
    }

    /// Removes copies that aren't needed any more.
    fn clear_staging(&self) {
        for dir in [self.staging(), self.incomplete()] {
            // If that fails, the next attempt to write there reports it.
            let _ = fs::remove_dir_all(dir);
        }
    }

    /// The last backup, if the work it was made for was interrupted and repeating that work needs no other: everything
    /// that would be replaced now is in it.
    pub(super) fn resumable(
        &self,
        changing: &[&Replacement],
    ) -> Result<Option<Backup>, CommandError> {
        let Some(last) = backups(&self.root).pop().filter(|last| !last.is_finished()) else {
            return Ok(None);
        };
        for one in changing {
            let kept = Tree::read(&last.files_of(one.exercise.id()), None)?;
            let change = &one.change;
            let is_kept = |path: &PathBuf| kept.entries.get(path) == one.present.entries.get(path);
            if !change.changed.iter().chain(&change.added).all(is_kept) {
                return Ok(None);
            }
        }
        Ok(Some(last))
    }

    /// Makes a backup of all files of these exercises. It gets its name when it's complete and on the disk.
    pub(super) fn keep(
        &self,
        cause: Cause,
        changing: &[&Replacement],
        learner: &Learner<'_>,
    ) -> Result<Backup, CommandError> {
        let made = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_secs();
        let opened = learner.progress.opened(learner.course)?;
        let was_solved = |id: &ExerciseId| opened.iter().any(|one| one.id == *id && one.solved);
        let incomplete = self.incomplete();
        for one in changing {
            let id = one.exercise.id();
            let to = place_of(&incomplete.join(FILES), id);
            copy(one.exercise.dir(), &to, &one.present)?;
        }
        let note = Note {
            version: VERSION,
            made,
            cause,
            exercises: changing
                .iter()
                .map(|one| Kept {
                    exercise: one.exercise.id().to_string(),
                    was_solved: was_solved(one.exercise.id()),
                })
                .collect(),
        };
        let text = serde_json::to_vec_pretty(&note)
            .map_err(|error| CommandError::new(format!("cannot describe a backup: {error}")))?;
        let file = incomplete.join(NOTE);
        fs::create_dir_all(&incomplete)
            .and_then(|()| fs::write(&file, &text))
            .and_then(|()| synced(&file))
            .map_err(|error| cannot("write", &file, &error))?;
        let number = self.free_number()?;
        let dir = self.dir.join(number.to_string());
        fs::rename(&incomplete, &dir).map_err(|error| cannot("write", &dir, &error))?;
        sync_directory(&self.dir);
        Ok(Backup { number, dir, note })
    }

    /// One more than any entry has, whether or not it's a backup that this `wr` can read.
    fn free_number(&self) -> Result<u32, CommandError> {
        let entries = fs::read_dir(&self.dir).map_err(|error| cannot("read", &self.dir, &error))?;
        let numbers = entries
            .flatten()
            .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
        Ok(numbers.max().unwrap_or(0) + 1)
    }

    /// Copies the files of a backup to where [`Self::staged`] says.
    pub(super) fn stage_backup(
        &self,
        course: &Course,
        number: Option<NonZeroU32>,
    ) -> Result<Vec<Undone>, CommandError> {
        let mut all = backups(&self.root);
        let chosen = match number {
            None => all.pop(),
            Some(number) => all.into_iter().find(|backup| backup.number == number.get()),
        };
        let Some(backup) = chosen else {
            return Err(match number {
                None => CommandError::new(
                    "there is nothing to undo: wr hasn't replaced any files in this course",
                )
                .help("`wr reset` restores an exercise's original files, and backs up yours first"),
                Some(number) => CommandError::new(format!("there is no backup {number}"))
                    .help("`wr reset --list` shows the backups"),
            });
        };
        let mut undone = Vec::new();
        for kept in &backup.note.exercises {
            let Ok(id) = kept.exercise.parse::<ExerciseId>() else {
                continue;
            };
            let from = backup.files_of(&id);
            copy(&from, &self.staged(&id), &Tree::read(&from, None)?)?;
            let dir = place_of(course.exercises_dir(), &id);
            undone.push(Undone {
                exercise: Exercise::new(id, dir),
                source: format!("backup {}", backup.number),
                was_solved: kept.was_solved,
            });
        }
        Ok(undone)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.clear_staging();
    }
}

fn place_of(dir: &Path, id: &ExerciseId) -> PathBuf {
    dir.join(id.chapter().as_str()).join(id.name().as_str())
}

/// Copies the entries of a tree, with their permissions, and makes sure that they are on the disk.
fn copy(from: &Path, to: &Path, tree: &Tree) -> Result<(), CommandError> {
    fs::create_dir_all(to).map_err(|error| cannot("create", to, &error))?;
    for path in tree.entries.keys() {
        let (source, target) = (from.join(path), to.join(path));
        copy_one(&source, &target).map_err(|error| cannot("copy", &source, &error))?;
    }
    Ok(())
}

fn copy_one(source: &Path, target: &Path) -> io::Result<()> {
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent)?;
    }
    if source.symlink_metadata()?.is_symlink() {
        return link(&fs::read_link(source)?, target);
    }
    fs::copy(source, target)?;
    synced(target)
}

/// Makes sure that a file is on the disk: only then do some file systems report that they are full.
fn synced(file: &Path) -> io::Result<()> {
    // Windows only does this for files opened for writing, and some of these are read-only.
    if cfg!(windows) {
        return Ok(());
    }
    File::open(file)?.sync_all()
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, at)
}

#[cfg(windows)]
fn link(to: &Path, at: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_file(to, at)
}

/// Makes sure that a directory's list of names is on the disk, if the system can do that.
fn sync_directory(dir: &Path) {
    // Without this, a power failure could undo the rename, but then nothing has been replaced either.
    let _ = File::open(dir).and_then(|opened| opened.sync_all());
}
