//! Errors from reading bytes.

use crate::facts::Format;

use super::LooksLike;

/// Why bytes couldn't be read as a binary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There are no bytes.
    #[error("the file is empty")]
    Empty,
    /// The bytes are something else.
    #[error("this isn't a binary: it looks like {0}")]
    NotABinary(LooksLike),
    /// The file ends before its headers say it should.
    #[error(
        "the {format} file is truncated: its headers announce {announced} bytes, but it has {found}"
    )]
    Truncated {
        /// The file's format.
        format: Format,
        /// The size that the headers announce.
        announced: u64,
        /// The actual size.
        found: u64,
    },
    /// The file contradicts its own format.
    #[error("the {format} file is damaged: {reason}")]
    Malformed {
        /// The file's format.
        format: Format,
        /// The contradiction.
        reason: String,
    },
    /// Continuing would cost more than reading any honest file.
    #[error("the file has too many or too long {what}: the limit is {limit}")]
    TooMuch {
        /// What there's too much of.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
}
