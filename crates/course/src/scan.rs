//! Which folders of the exercises directory are exercises.

use std::fs::DirEntry;
use std::path::{Path, PathBuf};

use crate::{CourseError, Exercise, ExerciseId, FolderName, Reason, SkippedFolder};

/// What the exercises directory holds.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// The exercises, in the order of the course.
    pub(crate) exercises: Vec<Exercise>,
    /// Folders that look like chapters or exercises and are none, in the order of their paths.
    pub(crate) skipped_folders: Vec<SkippedFolder>,
}

/// Reads the exercises directory.
pub(crate) fn scan(exercises_dir: &Path) -> Result<Scan, CourseError> {
    let mut scan = Scan::default();
    for (chapter, chapter_dir) in folders(exercises_dir, &mut scan.skipped_folders)? {
        for (name, dir) in folders(&chapter_dir, &mut scan.skipped_folders)? {
            let id = ExerciseId::new(chapter.clone(), name);
            scan.exercises.push(Exercise::new(id, dir));
        }
    }
    scan.exercises.sort_by(|a, b| a.id().cmp(b.id()));
    scan.skipped_folders.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(scan)
}

/// The numbered folders of `parent`; links to folders count as folders.
fn folders(
    parent: &Path,
    skipped_folders: &mut Vec<SkippedFolder>,
) -> Result<Vec<(FolderName, PathBuf)>, CourseError> {
    let unreadable = |source| CourseError::Unreadable {
        path: parent.to_owned(),
        source,
    };
    let mut found = Vec::new();
    for entry in parent.read_dir().map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        match judge(&entry) {
            Judgement::Numbered(name) => found.push((name, path)),
            Judgement::SkippedFolder(reason) => {
                skipped_folders.push(SkippedFolder { path, reason });
            }
            Judgement::Other => {}
        }
    }
    Ok(found)
}

enum Judgement {
    Numbered(FolderName),
    SkippedFolder(Reason),
    /// A file, a hidden folder, or one whose name claims no place in the course.
    Other,
}

fn judge(entry: &DirEntry) -> Judgement {
    let name = entry.file_name();
    if !name
        .as_encoded_bytes()
        .first()
        .is_some_and(u8::is_ascii_digit)
    {
        return match name.to_str() {
            None if is_folder(&entry.path()).unwrap_or(false) => {
                Judgement::SkippedFolder(Reason::NotUtf8)
            }
            _ => Judgement::Other,
        };
    }
    match is_folder(&entry.path()) {
        Ok(true) => {}
        Ok(false) => return Judgement::Other,
        Err(error) => return Judgement::SkippedFolder(Reason::Unreadable(error.to_string())),
    }
    match name.to_str().map(str::parse) {
        None => Judgement::SkippedFolder(Reason::NotUtf8),
        Some(Ok(name)) => Judgement::Numbered(name),
        Some(Err(_)) => Judgement::SkippedFolder(Reason::NotNumbered),
    }
}

fn is_folder(path: &Path) -> std::io::Result<bool> {
    Ok(path.metadata()?.is_dir())
}
