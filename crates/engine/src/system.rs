//! The only interface through which the engine acts on the world.
//!
//! Everything that touches files, processes or the clock goes through [`System`], so ordering, cancellation,
//! crashes and timeouts can be tested without cargo or Python.

mod files;
mod native;
mod process;
mod supervise;

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use environments::{Entry, FileKind};
pub use files::SystemFiles;
pub use native::{NativeSystem, start_apart};
pub use process::{Cancel, Command, Exit, Input, Limits, Process, ProcessEvent, Stream};
pub(crate) use supervise::LIMIT_MARK;
pub use supervise::{SUPERVISE_VERB, Supervised, end_by, supervise};

/// The prefix of the name of a file that is being written and isn't in its place yet.
pub(crate) const UNFINISHED: &str = ".wr-";

/// What identifies a version of a file without reading it.
///
/// Programs can set the time of the last change as they like, and some restore an old one. The time of the last status change
/// and the file's number are set by the system, if it has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FileStamp {
    /// The size in bytes.
    pub size: u64,
    /// The time of the last change, in nanoseconds since the Unix epoch; negative before it.
    pub modified: i128,
    /// When the file was last changed, renamed or given other attributes, in the same unit; the time of the last change if the
    /// system doesn't record this.
    pub changed: i128,
    /// The numbers of the file system and of the file on it; zero if the system has none.
    pub number: (u64, u64),
}

impl FileStamp {
    /// The stamp of a file if only its size and time are known.
    pub fn new(size: u64, modified: i128) -> Self {
        Self {
            size,
            modified,
            changed: modified,
            number: (0, 0),
        }
    }

    /// When the file was last touched in any way, as far as the system knows.
    pub(crate) fn touched(&self) -> i128 {
        self.modified.max(self.changed)
    }
}

/// A file system, as seen from a directory on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// The free space for this user, in bytes.
    pub free: u64,
    /// The size in bytes.
    pub size: u64,
    /// The kind, such as `ext4` or `nfs`, if it's known.
    pub kind: Option<&'static str>,
}

/// The world, as far as the engine needs it.
pub trait System: Send + Sync {
    /// A file's bytes.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Writes a file completely or not at all, creating its parent directories. If the content is unchanged, the file isn't
    /// touched and keeps its time, because cargo and PyO3 compare times.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Does the same for a program, which everyone may run.
    fn write_program(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Copies `from` to a new inode next to `to` and renames it into place: a process that has the old file mapped keeps the old
    /// one.
    fn publish(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a directory with everything below it, or a file; a missing path isn't an error.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Moves a file or a directory within one file system.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// The path with all symbolic links resolved.
    fn canonical(&self, path: &Path) -> io::Result<PathBuf>;

    /// Creates a directory and its parents.
    fn create_dir(&self, path: &Path) -> io::Result<()>;

    /// Whether the path itself is a symbolic link, wherever it points.
    fn is_link(&self, path: &Path) -> bool;

    /// The entries of a directory, sorted by name.
    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>>;

    /// What a path points to, `None` if there is nothing.
    fn kind(&self, path: &Path) -> Option<FileKind>;

    /// A file's size, times and number, `None` if there is no file.
    fn stamp(&self, path: &Path) -> Option<FileStamp>;

    /// The same for a directory, whose times are those of its list of names; `None` if there is no directory.
    fn stamp_of_directory(&self, path: &Path) -> Option<FileStamp>;

    /// Holds an exclusive lock on a file between processes until the guard is dropped. While another process holds it, `waits` is
    /// called repeatedly to decide whether to keep waiting; the result is `None` if it returns false.
    fn lock(
        &self,
        path: &Path,
        waits: &mut dyn FnMut() -> bool,
    ) -> io::Result<Option<Box<dyn Send>>>;

    /// How much memory the machine has for this process and everything that it starts, in bytes, if the system says.
    fn memory(&self) -> Option<u64>;

    /// Finds a program as a shell would: on `path` (the value of `PATH`) if it's a bare name, otherwise relative to `cwd`.
    fn find_program(&self, name: &OsStr, path: Option<&OsStr>, cwd: &Path) -> Option<PathBuf>;

    /// Starts a process. A missing program is [`io::ErrorKind::NotFound`].
    fn spawn(&self, command: &Command) -> io::Result<Box<dyn Process>>;

    /// The file system that a path is on.
    fn volume(&self, path: &Path) -> io::Result<Volume>;

    /// The current time, for comparison with file times: nanoseconds since the Unix epoch.
    fn clock(&self) -> i128;

    /// The time since some fixed moment; never goes back.
    fn now(&self) -> Duration;
}

/// Convenience over [`System::kind`].
pub(crate) trait SystemExt {
    /// Whether the path points to a regular file.
    fn is_file(&self, path: &Path) -> bool;
    /// Whether the path points to a directory.
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
