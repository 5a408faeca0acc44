//! The only way in which this crate sees a file system.

use std::io;
use std::path::{Path, PathBuf};

/// What a path points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A directory.
    Directory,
    /// Anything else.
    Other,
}

/// An entry of a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The full path.
    pub path: PathBuf,
    /// What it is, following symbolic links.
    pub kind: FileKind,
}

/// A file system that can be read.
pub trait Files: Sync {
    /// The bytes of a regular file. A file of more than `most` bytes is an error, and so is anything else that isn't a
    /// regular file: reading a pipe would block forever.
    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>>;

    /// The entries of a directory, sorted by name.
    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>>;

    /// What a path points to, `None` if there is nothing.
    fn kind(&self, path: &Path) -> Option<FileKind>;

    /// The path with all symbolic links resolved.
    fn canonical(&self, path: &Path) -> io::Result<PathBuf>;
}

impl dyn Files + '_ {
    /// Whether the path points to a regular file.
    pub(crate) fn is_file(&self, path: &Path) -> bool {
        self.kind(path) == Some(FileKind::File)
    }

    /// Whether the path points to a directory.
    pub(crate) fn is_dir(&self, path: &Path) -> bool {
        self.kind(path) == Some(FileKind::Directory)
    }

    /// A file's text; `None` if it can't be read or isn't UTF-8.
    pub(crate) fn text(&self, path: &Path, most: u64) -> Option<String> {
        String::from_utf8(self.read(path, most).ok()?).ok()
    }
}
