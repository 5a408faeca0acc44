//! The world as the engine sees it.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use wr_engine::{Command, Entry, FileKind, FileStamp, Process, System, Volume};

use super::process::Running;
use super::script::file_name;
use super::{Call, State, World};

/// The time at which every test starts, in nanoseconds since the Unix epoch.
const MORNING: i128 = 1_700_000_000_000_000_000;

/// `ENOSPC`.
const NO_SPACE: i32 = 28;

impl State {
    pub(super) fn time_of_day(&self) -> i128 {
        MORNING + i128::try_from(self.now.as_nanos()).unwrap_or(i128::MAX)
    }

    fn has_room(&self, path: &Path) -> io::Result<()> {
        match &self.full {
            Some(full) if path.starts_with(full) => Err(io::Error::from_raw_os_error(NO_SPACE)),
            _ => Ok(()),
        }
    }
}

impl System for World {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.state().files.read(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.state();
        if state.files.read(path).is_ok_and(|present| present == bytes) {
            return Ok(());
        }
        state.has_room(path)?;
        let at = state.time_of_day();
        state.files.put(path, bytes, at);
        Ok(())
    }

    fn write_program(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.write(path, bytes)
    }

    fn publish(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.has_room(to)?;
        let at = state.time_of_day();
        let bytes = state.files.read(from)?;
        state.files.put(to, &bytes, at);
        Ok(())
    }

    fn memory(&self) -> Option<u64> {
        Some(8 << 30)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.state().files.remove(path);
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.state().files.rename(from, to)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        // There are no links in this world.
        let there = self.state().files.kind(path);
        there
            .map(|_| path.to_owned())
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.has_room(path)?;
        state.files.create_dir(path);
        Ok(())
    }

    fn is_link(&self, _: &Path) -> bool {
        false
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        self.state().files.list(dir)
    }

    fn kind(&self, path: &Path) -> Option<FileKind> {
        self.state().files.kind(path)
    }

    fn stamp(&self, path: &Path) -> Option<FileStamp> {
        self.state().files.stamp(path)
    }

    fn stamp_of_directory(&self, path: &Path) -> Option<FileStamp> {
        let state = self.state();
        let is_there = state.files.kind(path) == Some(FileKind::Directory);
        // In this world, only files have times.
        is_there.then(|| FileStamp::new(0, 0))
    }

    fn lock(&self, _: &Path, _: &mut dyn FnMut() -> bool) -> io::Result<Option<Box<dyn Send>>> {
        Ok(Some(Box::new(())))
    }

    fn find_program(&self, name: &OsStr, path: Option<&OsStr>, cwd: &Path) -> Option<PathBuf> {
        let is_file = |file: &PathBuf| self.kind(file) == Some(FileKind::File);
        if Path::new(name).components().count() > 1 {
            return Some(cwd.join(name)).filter(is_file);
        }
        std::env::split_paths(path?)
            .map(|dir| dir.join(name))
            .find(is_file)
    }

    fn spawn(&self, command: &Command) -> io::Result<Box<dyn Process>> {
        let name = file_name(&command.program);
        let mut state = self.state();
        if let Some(errno) = state.spawn_errors.get(&name) {
            return Err(io::Error::from_raw_os_error(*errno));
        }
        let Some(script) = state.scripts.get(&name).cloned() else {
            return Err(io::ErrorKind::NotFound.into());
        };
        let id = state.commands.len();
        state.commands.push(command.clone());
        state.calls.push(Call::Spawned(id, command.to_string()));
        drop(state);
        let behaviour = script(self, command);
        Ok(Box::new(Running::new(self.clone(), id, behaviour)))
    }

    fn volume(&self, _: &Path) -> io::Result<Volume> {
        Ok(self.state().volume.clone())
    }

    fn clock(&self) -> i128 {
        self.state().time_of_day()
    }

    fn now(&self) -> Duration {
        self.state().now
    }
}
