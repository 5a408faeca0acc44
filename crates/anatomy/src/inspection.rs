//! One artifact, from bytes to facts and findings.

use diagnostic::Diagnostic;
use serde::Serialize;

use crate::expectation::Expectation;
use crate::facts::Facts;
use crate::read::{self, ReadError};
use crate::rules;

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// What the file is.
    pub facts: Facts,
    /// What is wrong with it, the most telling first.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a binary and judges it against what it is expected to be.
///
/// # Errors
///
/// A [`ReadError`] when the bytes are no binary that a linker writes, or are cut off, damaged, or out of all bounds.
/// A file that is a binary but no extension, such as an archive, is not an error: it has facts and findings.
pub fn inspect(bytes: &[u8], expected: &Expectation) -> Result<Inspection, ReadError> {
    let facts = read::read(bytes)?;
    let diagnostics = rules::judge(&facts, expected);
    Ok(Inspection { facts, diagnostics })
}
