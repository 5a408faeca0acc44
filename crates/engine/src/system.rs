//! The one door through which the engine acts on the world.
//!
//! Everything that touches files, processes or the clock goes through [`System`], so the rules of ordering,
//! cancellation, crash and time-out are tested without cargo or Python.

mod native;
mod process;
mod supervise;

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use native::NativeSystem;
pub use process::{Cancel, Command, Exit, Input, Limits, Process, ProcessEvent, Stream};
pub(crate) use supervise::LIMIT_MARK;
pub use supervise::{SUPERVISE_VERB, Supervised, end_by, supervise};

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A directory.
    Directory,
    /// Anything else.
    Other,
}

/// How the name of a file begins that is written and not yet in its place.
pub(crate) const UNFINISHED: &str = ".wr-";

/// What identifies a version of a file without reading it.
///
/// Programs can set the time of the last change as they like, and some restore an old one. The time of the last status
/// change and the file's number are the system's own, where it has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FileStamp {
    /// The size in bytes.
    pub size: u64,
    /// The time of the last change, in nanoseconds since the Unix epoch; negative before it.
    pub modified: i128,
    /// The time at which the file was last changed, renamed or given other attributes, in the same unit; the time of the
    /// last change where the system keeps no such time.
    pub changed: i128,
    /// The numbers of the file system and of the file on it; zero where the system has none.
    pub number: (u64, u64),
}

impl FileStamp {
    /// The stamp of a file of which only size and time are known.
    pub fn new(size: u64, modified: i128) -> Self {
        Self {
            size,
            modified,
            changed: modified,
            number: (0, 0),
        }
    }

    /// When the file came to be what it is, as far as the system knows.
    pub(crate) fn touched(&self) -> i128 {
        self.modified.max(self.changed)
    }
}

/// An entry of a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The full path.
    pub path: PathBuf,
    /// What it is, symbolic links followed.
    pub kind: FileKind,
}

/// A file system, seen from a directory on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// The room in bytes that this user may still fill.
    pub free: u64,
    /// The size in bytes.
    pub size: u64,
    /// The kind, such as `ext4` or `nfs`, where it is known.
    pub kind: Option<&'static str>,
}

/// The world, as far as the engine needs it.
pub trait System: Send + Sync {
    /// A file's bytes.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Writes a file whole or not at all, creating the directories above it. Writing what is there already leaves the
    /// file untouched, its time included, because cargo and PyO3 look at times.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// The same for a program, which everybody may run.
    fn write_program(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Copies `from` to a new inode beside `to` and renames it into place: a process that has the old file mapped
    /// keeps the old one.
    fn publish(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a directory with all below it, or a file; what is not there is no error.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Moves a file or a directory within one file system.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// The path that a path leads to, without symbolic links.
    fn canonical(&self, path: &Path) -> io::Result<PathBuf>;

    /// Creates a directory and those above it.
    fn create_dir(&self, path: &Path) -> io::Result<()>;

    /// Whether the path itself is a symbolic link, wherever that leads.
    fn is_link(&self, path: &Path) -> bool;

    /// The entries of a directory in the order of their names.
    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>>;

    /// What a path leads to, `None` where there is nothing.
    fn kind(&self, path: &Path) -> Option<FileKind>;

    /// A file's size, times and number, `None` where there is no file.
    fn stamp(&self, path: &Path) -> Option<FileStamp>;

    /// The same of a directory, whose times are those of its list of names; `None` where there is no directory.
    fn stamp_of_directory(&self, path: &Path) -> Option<FileStamp>;

    /// Holds an exclusive lock on a file between processes until the guard is dropped. While another process holds it,
    /// `waits` is asked, over and over, whether to go on waiting; `None` when it says no.
    fn lock(
        &self,
        path: &Path,
        waits: &mut dyn FnMut() -> bool,
    ) -> io::Result<Option<Box<dyn Send>>>;

    /// How much memory the machine has for this process and all that it starts, in bytes, where the system tells.
    fn memory(&self) -> Option<u64>;

    /// Finds a program as a shell would: by `path` (the value of `PATH`) when it is a bare name, else from `cwd`.
    fn find_program(&self, name: &OsStr, path: Option<&OsStr>, cwd: &Path) -> Option<PathBuf>;

    /// Starts a process. A program that is not there is [`io::ErrorKind::NotFound`].
    fn spawn(&self, command: &Command) -> io::Result<Box<dyn Process>>;

    /// The file system that a path lies on.
    fn volume(&self, path: &Path) -> io::Result<Volume>;

    /// The time of day, by which the times of files are judged: nanoseconds since the Unix epoch.
    fn clock(&self) -> i128;

    /// Time since some fixed moment; never goes back.
    fn now(&self) -> Duration;
}

/// Convenience over [`System::kind`].
pub(crate) trait SystemExt {
    /// Whether the path leads to a regular file.
    fn is_file(&self, path: &Path) -> bool;
    /// Whether the path leads to a directory.
    fn is_dir(&self, path: &Path) -> bool;
}

impl SystemExt for dyn System + '_ {
    fn is_file(&self, path: &Path) -> bool {
        self.kind(path) == Some(FileKind::File)
    }

    fn is_dir(&self, path: &Path) -> bool {
        self.kind(path) == Some(FileKind::Directory)
    }
}
