//! The real [`System`]: this machine's files, processes and clock.
#![allow(
    clippy::disallowed_methods,
    reason = "this is the implementation of `System` that the ban refers to"
)]

mod files;
mod memory;
mod spawn;
mod strays;
mod volume;

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub use strays::start_apart;

use super::{Command, Entry, FileKind, FileStamp, Process, System, Volume};

/// Files, processes and the clock of this machine.
#[derive(Debug)]
pub struct NativeSystem {
    /// The program that runs [`super::supervise`] when it is started with [`super::SUPERVISE_VERB`].
    supervisor: PathBuf,
    started: Instant,
}

impl NativeSystem {
    /// A system whose processes are supervised by `supervisor`, which is `wr` itself.
    pub fn new(supervisor: PathBuf) -> Self {
        strays::adopt_orphans();
        Self {
            supervisor,
            started: Instant::now(),
        }
    }
}

impl NativeSystem {
    /// Stops adopting orphans, for a caller that is about to become another program: that one wouldn't know what to do with them.
    pub fn leave_orphans(&self) {
        strays::leave_orphans();
    }
}

impl System for NativeSystem {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        files::write(path, bytes)
    }

    fn write_program(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        files::write_program(path, bytes)
    }

    fn publish(&self, from: &Path, to: &Path) -> io::Result<()> {
        files::publish(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        files::remove(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        std::fs::canonicalize(path)
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        std::fs::create_dir_all(path)
    }

    fn is_link(&self, path: &Path) -> bool {
        std::fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink())
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        files::list(dir)
    }

    fn kind(&self, path: &Path) -> Option<FileKind> {
        std::fs::metadata(path)
            .ok()
            .map(|found| files::kind(&found))
    }

    fn stamp(&self, path: &Path) -> Option<FileStamp> {
        let found = std::fs::metadata(path).ok()?;
        found.is_file().then(|| files::stamp(&found))
    }

    fn stamp_of_directory(&self, path: &Path) -> Option<FileStamp> {
        let found = std::fs::metadata(path).ok()?;
        found.is_dir().then(|| files::stamp(&found))
    }

    fn lock(
        &self,
        path: &Path,
        waits: &mut dyn FnMut() -> bool,
    ) -> io::Result<Option<Box<dyn Send>>> {
        files::lock(path, waits)
    }

    fn memory(&self) -> Option<u64> {
        memory::available()
    }

    fn find_program(&self, name: &OsStr, path: Option<&OsStr>, cwd: &Path) -> Option<PathBuf> {
        which::which_in(name, path, cwd).ok()
    }

    fn spawn(&self, command: &Command) -> io::Result<Box<dyn Process>> {
        spawn::spawn(&self.supervisor, command)
    }

    fn volume(&self, path: &Path) -> io::Result<Volume> {
        volume::of(path)
    }

    fn clock(&self) -> i128 {
        files::nanoseconds(std::time::SystemTime::now())
    }

    fn now(&self) -> Duration {
        self.started.elapsed()
    }
}
