//! Files in memory, with the times when they were written.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use wr_engine::{Entry, FileKind, FileStamp};

use super::World;

/// The files, and the directories that were created separately.
#[derive(Default)]
pub(super) struct Files {
    files: BTreeMap<PathBuf, (Vec<u8>, i128)>,
    dirs: BTreeSet<PathBuf>,
}

impl Files {
    pub(super) fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let found = self.files.get(path);
        found
            .map(|(bytes, _)| bytes.clone())
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    pub(super) fn put(&mut self, path: &Path, bytes: &[u8], at: i128) {
        self.create_dir(path.parent().unwrap_or(path));
        self.files.insert(path.to_owned(), (bytes.to_vec(), at));
    }

    pub(super) fn create_dir(&mut self, path: &Path) {
        self.dirs.extend(path.ancestors().map(Path::to_owned));
    }

    pub(super) fn remove(&mut self, path: &Path) {
        self.files.retain(|file, _| !file.starts_with(path));
        self.dirs.retain(|dir| !dir.starts_with(path));
    }

    pub(super) fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.kind(from).ok_or(io::ErrorKind::NotFound)?;
        let moved = |path: &Path| {
            let below = path.strip_prefix(from).ok()?;
            Some(if below.as_os_str().is_empty() {
                to.to_owned()
            } else {
                to.join(below)
            })
        };
        self.files = std::mem::take(&mut self.files)
            .into_iter()
            .map(|(path, file)| (moved(&path).unwrap_or(path), file))
            .collect();
        self.dirs = std::mem::take(&mut self.dirs)
            .into_iter()
            .map(|dir| moved(&dir).unwrap_or(dir))
            .collect();
        Ok(())
    }

    pub(super) fn kind(&self, path: &Path) -> Option<FileKind> {
        if self.files.contains_key(path) {
            Some(FileKind::File)
        } else {
            self.dirs.contains(path).then_some(FileKind::Directory)
        }
    }

    pub(super) fn stamp(&self, path: &Path) -> Option<FileStamp> {
        let (bytes, modified) = self.files.get(path)?;
        Some(FileStamp::new(bytes.len() as u64, *modified))
    }

    fn below(&self, dir: &Path, name: &str) -> Vec<PathBuf> {
        let files = self.files.keys().filter(|file| file.starts_with(dir));
        files.filter(|file| file.ends_with(name)).cloned().collect()
    }

    pub(super) fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        if !self.dirs.contains(dir) {
            return Err(io::ErrorKind::NotFound.into());
        }
        // Paths are ordered by their parts, so everything below a directory follows it.
        let from = dir.to_owned();
        let files = self.files.range(from.clone()..).map(|(path, _)| path);
        let files = files.take_while(|path| path.starts_with(dir));
        let dirs = self.dirs.range(from..);
        let dirs = dirs.take_while(|path| path.starts_with(dir));
        let all = files.chain(dirs);
        let inside: BTreeSet<&PathBuf> = all.filter(|path| path.parent() == Some(dir)).collect();
        let entries = inside.into_iter().filter_map(|path| {
            Some(Entry {
                path: path.clone(),
                kind: self.kind(path)?,
            })
        });
        Ok(entries.collect())
    }
}

impl World {
    /// Saves a file as an editor does: its time is now, whatever its content.
    pub(crate) fn save(&self, path: &str, text: &str) {
        let mut state = self.state();
        let at = state.time_of_day();
        state.files.put(Path::new(path), text.as_bytes(), at);
    }

    /// Saves a file, then leaves it alone for a while.
    pub(crate) fn settle(&self, path: &str, text: &str) {
        self.save(path, text);
        self.pass(std::time::Duration::from_secs(2));
    }

    /// Changes a file without a new time, like a second save within one tick of a file system's clock.
    pub(crate) fn slip(&self, path: &str, text: &str) {
        let mut state = self.state();
        let at = state
            .files
            .stamp(Path::new(path))
            .map(|stamp| stamp.modified);
        let at = at.expect("there is a file");
        state.files.put(Path::new(path), text.as_bytes(), at);
    }

    /// The content of a file, if it exists.
    pub(crate) fn text(&self, path: &Path) -> Option<String> {
        let bytes = self.state().files.read(path).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Whether a file exists.
    pub(crate) fn keeps(&self, name: &str) -> bool {
        let state = self.state();
        !state.files.below(Path::new("/w/.wr/run"), name).is_empty()
    }

    /// The only file with this name below the engine's own directory.
    pub(crate) fn kept(&self, name: &str) -> PathBuf {
        let state = self.state();
        let found = state.files.below(Path::new("/w/.wr/run"), name);
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        found[0].clone()
    }

    /// Removes a file or a directory.
    pub(crate) fn delete(&self, path: &str) {
        self.state().files.remove(Path::new(path));
    }
}
