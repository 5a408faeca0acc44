//! The note that a server leaves in the course's state directory, so that `wr book` finds a running server and the next run of
//! `wr` takes up its port and token: pages that are still open then connect again.
//!
//! Only the user may read it, since it contains the token.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::token::Token;

/// What the note says.
#[derive(Debug, Clone)]
pub(crate) struct Note {
    pub(crate) pid: u32,
    pub(crate) port: u16,
    pub(crate) token: Token,
}

#[derive(Serialize, Deserialize)]
struct Written {
    pid: u32,
    port: u16,
    token: String,
}

impl Note {
    /// Reads the note. `None` if there is none, if it's damaged, or if others could have read it too.
    pub(crate) fn read(path: &Path) -> Option<Self> {
        if !is_private(path) {
            return None;
        }
        let written: Written = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
        Some(Self {
            pid: written.pid,
            port: written.port,
            token: Token::parse(&written.token)?,
        })
    }

    /// Writes the note, all at once.
    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        let dir = path.parent().unwrap_or(path);
        fs::create_dir_all(dir)?;
        // Created with the mode 0600.
        let mut file = tempfile::NamedTempFile::new_in(dir)?;
        let written = Written {
            pid: self.pid,
            port: self.port,
            token: self.token.digits(),
        };
        file.write_all(&serde_json::to_vec(&written)?)?;
        file.persist(path)?;
        Ok(())
    }
}

#[cfg(unix)]
fn is_private(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    const OTHERS: u32 = 0o077;
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && found.mode() & OTHERS == 0)
}

/// On other systems, the user's directories are private.
#[cfg(not(unix))]
fn is_private(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note() -> Note {
        Note {
            pid: 1,
            port: 2,
            token: Token::random().unwrap(),
        }
    }

    #[test]
    fn a_note_is_read_as_it_was_written() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new/book.json");
        assert!(Note::read(&path).is_none());
        let note = note();
        note.write(&path).unwrap();
        let read = Note::read(&path).unwrap();
        assert_eq!((read.pid, read.port), (1, 2));
        assert!(read.token.is(&note.token.digits()));
        fs::write(&path, "{").unwrap();
        assert!(Note::read(&path).is_none());
    }

    #[cfg(unix)]
    #[test]
    fn a_note_that_others_can_read_does_not_count() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("book.json");
        note().write(&path).unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(Note::read(&path).is_none());
    }
}
