//! Why a wheel could not be read.

use super::name::ParseWheelNameError;

/// Why a wheel could not be read. Entries are named, so that a person can look at them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WheelError {
    /// The file's name isn't a wheel's.
    #[error(transparent)]
    Name(#[from] ParseWheelNameError),
    /// The bytes aren't a zip, or are a damaged one.
    #[error("the wheel isn't a readable zip archive: {0}")]
    Zip(String),
    /// Two entries have one name: which of them is unpacked depends on the tool.
    #[error("the wheel has the entry `{0}` twice")]
    DuplicateEntry(String),
    /// The bytes of one entry lie inside another's, as in a zip bomb.
    #[error("the entry `{0}` overlaps another one")]
    OverlappingEntry(String),
    /// An entry would be unpacked outside of the directory.
    #[error("the entry `{0}` leads out of the wheel")]
    OutsideEntry(String),
    /// An entry has a NUL in its name, written as `\0` here: most systems end the name there.
    #[error("the entry `{0}` has a NUL in its name")]
    NulInName(String),
    /// An entry is compressed by another method than those that all installers know.
    #[error(
        "the entry `{entry}` is compressed by {method}: wheels are stored or deflated, and though pip unpacks bzip2 and lzma too, other installers do not"
    )]
    Compression {
        /// Its name.
        entry: String,
        /// What the method is called.
        method: String,
    },
    /// An entry can't be unpacked: its bytes are damaged, or break off.
    #[error("the entry `{entry}` can't be unpacked: {reason}")]
    Damaged {
        /// Its name.
        entry: String,
        /// What is wrong with it.
        reason: String,
    },
    /// An entry is encrypted, which no installer takes.
    #[error("the entry `{0}` is encrypted")]
    EncryptedEntry(String),
    /// The header before an entry's bytes has another name than the archive's directory: which of them is unpacked depends
    /// on the tool.
    #[error("the entry `{directory}` is called `{header}` where it lies")]
    DisguisedEntry {
        /// Its name in the directory.
        directory: String,
        /// Its name in the header.
        header: String,
    },
    /// An entry is larger than what is read of one, or of a wheel. It may be as honest as any.
    #[error("the entry `{entry}` has {size} bytes, of which no more than {limit} would be read")]
    TooLarge {
        /// Its name.
        entry: String,
        /// Its size in bytes.
        size: u64,
        /// What is read at most.
        limit: u64,
    },
    /// An entry inflates to far more than anything honest does.
    #[error("the entry `{entry}` is a bomb: it inflates to more than {limit} bytes")]
    Bomb {
        /// Its name.
        entry: String,
        /// What is read at most.
        limit: u64,
    },
    /// There are more entries than in any honest wheel.
    #[error("the wheel has {0} entries")]
    TooManyEntries(usize),
}
