//! Why bytes could not be read.

use crate::facts::Format;

use super::LooksLike;

/// Why bytes could not be read as a binary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is nothing.
    #[error("the file is empty")]
    Empty,
    /// The bytes are something else.
    #[error("this is no binary: it looks like {0}")]
    NotABinary(LooksLike),
    /// The file ends before what its headers announce.
    #[error("the {format} file is cut off: its headers announce {announced} bytes, it has {found}")]
    Truncated {
        /// The file's format.
        format: Format,
        /// How many bytes the headers speak of.
        announced: u64,
        /// How many there are.
        found: u64,
    },
    /// The file contradicts its own format.
    #[error("the {format} file is damaged: {reason}")]
    Malformed {
        /// The file's format.
        format: Format,
        /// What does not fit.
        reason: String,
    },
    /// Reading on would cost more than any honest file does.
    #[error("the file has too many or too long {what}: more than {limit} are not read")]
    TooMuch {
        /// What there is too much of.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
}
