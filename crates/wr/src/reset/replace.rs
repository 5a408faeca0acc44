//! Replaces an exercise's files by staged ones, after they were backed up.

use std::fs;
use std::io;
use std::path::Path;

use super::backup::Backup;
use super::tree::content;
use super::{Replacement, cannot};
use crate::error::CommandError;

/// Replaces the files that differ. The staged files are on the same file system, so each is put in place by one rename
/// and takes no more space. Stopped at any point, it can be repeated.
pub(super) fn replace(
    one: &Replacement,
    staged: &Path,
    backup: &Backup,
) -> Result<(), CommandError> {
    let dir = one.exercise.dir();
    let kept = backup.files_of(one.exercise.id());
    for path in &one.change.added {
        let (from, to) = (dir.join(path), kept.join(path));
        move_out(&from, &to)?;
        remove_empty_parents(&from, dir);
    }
    let wanted = one.change.changed.iter().chain(&one.change.missing);
    for path in wanted {
        let (from, to) = (staged.join(path), dir.join(path));
        require_unchanged(one, path, &to)?;
        let parent = to.parent().unwrap_or(dir);
        fs::create_dir_all(parent).map_err(|error| cannot("create", parent, &error))?;
        fs::rename(&from, &to).map_err(|error| in_the_way(&to, &error))?;
    }
    Ok(())
}

/// Moves a file that the learner added over its copy in the backup, so that even a save in this moment is kept.
fn move_out(from: &Path, to: &Path) -> Result<(), CommandError> {
    match fs::rename(from, to) {
        Ok(()) => Ok(()),
        // The learner, or an earlier attempt, was faster.
        Err(error) if error.kind() == io::ErrorKind::NotFound && to.symlink_metadata().is_ok() => {
            Ok(())
        }
        Err(error) => Err(cannot("move", from, &error)),
    }
}

/// Removes the directories that became empty, and no others.
fn remove_empty_parents(path: &Path, root: &Path) {
    let parents = path.ancestors().skip(1);
    for dir in parents.take_while(|dir| *dir != root) {
        if fs::remove_dir(dir).is_err() {
            return;
        }
    }
}

/// Refuses to replace a file that was saved after it was backed up.
fn require_unchanged(one: &Replacement, path: &Path, place: &Path) -> Result<(), CommandError> {
    let now = match content(place) {
        Ok(now) => now,
        Err(error) if is_absent(&error) => None,
        Err(error) => return Err(cannot("read", place, &error)),
    };
    if now.as_ref() == one.present.entries.get(path) {
        return Ok(());
    }
    Err(CommandError::new(format!(
        "{} was saved while wr was about to replace it",
        place.display()
    ))
    .help("close it in your editor and run the command again; both versions are kept"))
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

fn in_the_way(place: &Path, error: &io::Error) -> CommandError {
    if place.is_dir() {
        return CommandError::new(format!(
            "{} is a directory, but the original is a file",
            place.display()
        ))
        .help("move the directory elsewhere and run the command again");
    }
    cannot("write", place, error)
}
