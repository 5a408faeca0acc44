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

/// As [`inspect`], for a large file that is not in memory: reads the parts that are looked at, and searches what need not be
/// held for it in passing. Most of a library is code, which is neither read nor held. The result is the same.
///
/// `part` fills a buffer from a place on, or gives nothing where it cannot. The file has `length` bytes. Nothing is returned
/// where `part` gave nothing, and where all of a file has to be read: for all formats but ELF.
pub fn inspect_parts(
    length: u64,
    expected: &Expectation,
    mut part: impl FnMut(u64, &mut [u8]) -> Option<()>,
) -> Option<Result<Inspection, ReadError>> {
    let facts = read::read_parts(length, &mut part)?;
    Some(facts.map(|facts| {
        let diagnostics = rules::judge(&facts, expected);
        Inspection { facts, diagnostics }
    }))
}
