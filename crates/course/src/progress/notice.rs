//! What a learner should know about the database, even though work can continue.

use std::fmt;
use std::path::PathBuf;

/// Something that happened when the progress database was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The file was damaged. It's kept under another name, and there is a new one.
    DamagedKept {
        /// Where the damaged file is now.
        kept: PathBuf,
        /// What was wrong with it.
        reason: String,
        /// How many exercises' progress could be read from it and is in the new file.
        salvaged: usize,
    },
    /// The disk is full, so progress is lost when the program ends.
    NoSpace {
        /// The file.
        file: PathBuf,
    },
    /// Another program holds the file, so progress is lost when the program ends.
    Held {
        /// The file.
        file: PathBuf,
    },
    /// The file isn't writable, so progress is lost when the program ends.
    NotRecorded {
        /// The file.
        file: PathBuf,
        /// Why it isn't writable.
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
                "free some disk space and verify again; everything recorded before is kept".to_owned()
            }
            Self::Held { .. } => {
                "close the other program, perhaps another wr or a database browser, and verify again"
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
                "the progress database was damaged ({reason}); it is kept as {}, and a new one was started \
                 with the progress of {salvaged} exercise{} read from it",
                kept.display(),
                if *salvaged == 1 { "" } else { "s" },
            ),
            Self::NoSpace { file } => write!(
                f,
                "progress is not recorded, because there is no disk space left for {}",
                file.display()
            ),
            Self::Held { file } => write!(
                f,
                "progress is not recorded, because another program is using {}",
                file.display()
            ),
            Self::NotRecorded { file, reason } => write!(
                f,
                "progress is not recorded, because {} is not writable: {reason}",
                file.display()
            ),
        }
    }
}
