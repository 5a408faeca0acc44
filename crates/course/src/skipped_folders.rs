//! What looks like part of the course and is not taken for it.

use std::fmt;
use std::path::PathBuf;

/// A folder of the exercises directory that was passed over, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedFolder {
    /// The folder.
    pub path: PathBuf,
    /// Why it is not part of the course.
    pub reason: Reason,
}

/// Why a folder was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The name is not UTF-8, so the progress database could not hold it.
    NotUtf8,
    /// The name begins with a digit but is not two digits, an underscore and a name.
    NotNumbered,
    /// It could not be looked at, for instance because it is a link to nothing.
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
