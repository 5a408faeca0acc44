//! Folders that look like part of the course but aren't.

use std::fmt;
use std::path::PathBuf;

/// A skipped folder in the exercises directory, and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedFolder {
    /// The folder.
    pub path: PathBuf,
    /// Why it is not part of the course.
    pub reason: Reason,
}

/// Why a folder was skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The name is not UTF-8, so the progress database could not hold it.
    NotUtf8,
    /// The name starts with a digit but isn't two digits, an underscore and a name.
    NotNumbered,
    /// It couldn't be examined, for instance because it's a broken link.
    Unreadable(String),
}

impl fmt::Display for SkippedFolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &self.reason {
            Reason::NotUtf8 => write!(f, "{path}: the folder's name is not valid UTF-8"),
            Reason::NotNumbered => write!(
                f,
                "{path}: the folder's name is not two or more digits, an underscore and a name"
            ),
            Reason::Unreadable(cause) => write!(f, "{path}: {cause}"),
        }
    }
}
