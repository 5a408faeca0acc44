//! The implementations of Python, and their builds with and without the global interpreter lock.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Whether an interpreter has the global interpreter lock (PEP 703).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Threading {
    /// The standard build.
    Gil,
    /// The free-threaded build, whose tags end in `t`.
    FreeThreaded,
}

/// The Python implementations that have different extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Implementation {
    /// The reference implementation.
    CPython,
    /// `PyPy`, whose C API symbols have their own prefix.
    PyPy,
    /// `GraalPy`.
    GraalPy,
}

impl fmt::Display for Implementation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CPython => "CPython",
            Self::PyPy => "PyPy",
            Self::GraalPy => "GraalPy",
        })
    }
}
