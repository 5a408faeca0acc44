//! A file system in memory, for tests.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use crate::files::{Entry, FileKind, Files};

/// Files by their absolute paths. Their directories exist as well.
pub(crate) struct Fake(BTreeMap<PathBuf, Vec<u8>>);

impl Fake {
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter();
        Self(
            files
                .map(|(path, text)| (PathBuf::from(path), text.as_bytes().to_vec()))
                .collect(),
        )
    }
}

impl Files for Fake {
    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let bytes = self.0.get(path).ok_or(io::ErrorKind::NotFound)?;
        if bytes.len() as u64 > most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes.clone())
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        let first_below = |path: &PathBuf| {
            let part = path.strip_prefix(dir).ok()?.iter().next()?;
            Some(dir.join(part))
        };
        let below: BTreeSet<PathBuf> = self.0.keys().filter_map(first_below).collect();
        if below.is_empty() {
            return Err(io::ErrorKind::NotFound.into());
        }
        let entries = below.into_iter().filter_map(|path| {
            let kind = self.kind(&path)?;
            Some(Entry { path, kind })
        });
        Ok(entries.collect())
    }

    fn kind(&self, path: &Path) -> Option<FileKind> {
        if self.0.contains_key(path) {
            return Some(FileKind::File);
        }
        let is_above = self.0.keys().any(|file| file.starts_with(path));
        is_above.then_some(FileKind::Directory)
    }

    /// There are no links here, apart from files whose text starts with `->`.
    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        let kind = self.kind(path).ok_or(io::ErrorKind::NotFound)?;
        let text = self.0.get(path).filter(|_| kind == FileKind::File);
        let link = text.and_then(|text| text.strip_prefix(b"->"));
        Ok(link.map_or_else(
            || path.to_owned(),
            |to| String::from_utf8_lossy(to).into_owned().into(),
        ))
    }
}
