//! Errors from reading a wheel.

use super::name::ParseWheelNameError;

/// Why a wheel couldn't be read. Entries are named so that you can look at them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WheelError {
    /// The file name isn't a wheel's.
    #[error(transparent)]
    Name(#[from] ParseWheelNameError),
    /// The bytes aren't a zip archive, or are a damaged one.
    #[error("the wheel isn't a readable zip archive: {0}")]
    Zip(String),
    /// Two entries have the same name, so which of them is unpacked depends on the tool.
    #[error("the wheel contains the entry `{0}` twice")]
    DuplicateEntry(String),
    /// One entry's bytes overlap another's, as in a zip bomb.
    #[error("the entry `{0}` overlaps another one")]
    OverlappingEntry(String),
    /// An entry would be unpacked outside the target directory.
    #[error("the entry `{0}` points outside the wheel")]
    OutsideEntry(String),
    /// An entry has a NUL in its name, written as `\0` here: most systems end the name there.
    #[error("the entry `{0}` has a NUL in its name")]
    NulInName(String),
    /// An entry uses a compression method that not all installers support.
    #[error(
        "the entry `{entry}` is compressed with {method}: wheel entries are stored or deflated; pip also unpacks bzip2 \
         and lzma, but other installers don't"
    )]
    Compression {
        /// Its name.
        entry: String,
        /// The method's name.
        method: String,
    },
    /// An entry can't be unpacked: its data is damaged or truncated.
    #[error("the entry `{entry}` can't be unpacked: {reason}")]
    Damaged {
        /// Its name.
        entry: String,
        /// What's wrong with it.
        reason: String,
    },
    /// An entry is encrypted, which no installer accepts.
    #[error("the entry `{0}` is encrypted")]
    EncryptedEntry(String),
    /// The header before an entry's data and the archive's directory have different names, so which one is used depends
    /// on the tool.
    #[error("the entry `{directory}` is called `{header}` in its own header")]
    DisguisedEntry {
        /// Its name in the directory.
        directory: String,
        /// Its name in the header.
        header: String,
    },
    /// An entry exceeds the limit for an entry or for a wheel. It may still be honest.
    #[error("the entry `{entry}` has {size} bytes, but at most {limit} would be read")]
    TooLarge {
        /// Its name.
        entry: String,
        /// Its size in bytes.
        size: u64,
        /// The limit.
        limit: u64,
    },
    /// An entry inflates to far more than any honest one.
    #[error("the entry `{entry}` is a bomb: it inflates to more than {limit} bytes")]
    Bomb {
        /// Its name.
        entry: String,
        /// The limit.
        limit: u64,
    },
    /// There are more entries than any honest wheel has.
    #[error("the wheel has {0} entries")]
    TooManyEntries(usize),
}
