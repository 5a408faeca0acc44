//! A [`System`] as the crate `environments` reads it.

use std::io;
use std::path::{Path, PathBuf};

use environments::Files;

use super::{Entry, FileKind, System};

/// The files of a [`System`], for reading environments.
pub struct SystemFiles<'s>(pub &'s dyn System);

impl Files for SystemFiles<'_> {
    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        // Only a regular file has a stamp; reading a pipe would block forever.
        let stamp = self.0.stamp(path).ok_or(io::ErrorKind::NotFound)?;
        if stamp.size > most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.read(path)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        self.0.list(dir)
    }

    fn kind(&self, path: &Path) -> Option<FileKind> {
        self.0.kind(path)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.0.canonical(path)
    }
}
