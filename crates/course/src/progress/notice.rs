//! What a learner should be told about the database, though work can go on.

use std::fmt;
use std::path::PathBuf;

/// Something that happened to the progress database when it was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The file was damaged. It was kept under another name and a new one begun.
    DamagedKept {
        /// Where the damaged file is now.
        kept: PathBuf,
        /// What was wrong with it.
        reason: String,
        /// How many exercises' progress could be read from it and is in the new file.
        salvaged: usize,
    },
    /// The disk is full, so what happens now is forgotten when the program ends.
    NoSpace {
        /// The file.
        file: PathBuf,
    },
    /// Another program holds the file, so what happens now is forgotten when the program ends.
    Held {
        /// The file.
        file: PathBuf,
    },
    /// The file cannot be written to, so what happens now is forgotten when the program ends.
    NotRecorded {
        /// The file.
        file: PathBuf,
        /// Why it cannot be written to.
        reason: String,
    },
}

impl Notice {
    /// What to do next, in plain words.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::DamagedKept { .. } => {
                "exercises that are missing from your progress are recorded again \
                 when they are next verified"
                    .to_owned()
            }
            Self::NoSpace { .. } => {
                "make room on the disk and verify again; what was recorded before is kept".to_owned()
            }
            Self::Held { .. } => {
                "end the other program, which may be another wr or a database browser, and verify again"
                    .to_owned()
            }
            Self::NotRecorded { file, .. } => format!(
                "to have progress recorded, give yourself permission to write {} and its folder",
                file.display()
            ),
        })
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DamagedKept {
                kept,
                reason,
                salvaged,
            } => write!(
                f,
                "the progress database was damaged ({reason}); it is kept as {}, and a new one was begun \
                 with the progress of {salvaged} exercise{} read from it",
                kept.display(),
                if *salvaged == 1 { "" } else { "s" },
            ),
            Self::NoSpace { file } => write!(
                f,
                "progress is not recorded, because there is no space left for {}",
                file.display()
            ),
            Self::Held { file } => write!(
                f,
                "progress is not recorded, because another program holds {}",
                file.display()
            ),
            Self::NotRecorded { file, reason } => write!(
                f,
                "progress is not recorded, because {} cannot be written to: {reason}",
                file.display()
            ),
        }
    }
}
