//! The disk, as the crate `environments` reads it. What's inspected may be hostile, so every file is opened carefully.

use std::io;
use std::path::{Path, PathBuf};

use environments::{Entry, FileKind, Files};

use super::bytes;

/// The disk.
pub(super) struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        bytes::content(path, most).ok_or_else(|| io::ErrorKind::InvalidInput.into())
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        let mut paths: Vec<PathBuf> = std::fs::read_dir(dir)?
            .flatten()
            .map(|entry| entry.path())
            .collect();
        paths.sort();
        let entries = paths.into_iter().filter_map(|path| {
            let kind = self.kind(&path)?;
            Some(Entry { path, kind })
        });
        Ok(entries.collect())
    }

    fn kind(&self, path: &Path) -> Option<FileKind> {
        let found = path.metadata().ok()?;
        Some(if found.is_file() {
            FileKind::File
        } else if found.is_dir() {
            FileKind::Directory
        } else {
            FileKind::Other
        })
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        path.canonicalize()
    }
}
