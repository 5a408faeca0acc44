//! Turns an artifact's bytes into facts and findings.

use diagnostic::Diagnostic;
use serde::Serialize;

use crate::expectation::Expectation;
use crate::facts::Facts;
use crate::read::{self, ReadError};
use crate::rules;

/// The result of inspecting a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// What the file is.
    pub facts: Facts,
    /// What's wrong with it, most important first.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a binary and judges it against what's expected of it.
///
/// # Errors
///
/// A [`ReadError`] if the bytes aren't a binary that a linker writes, or are truncated, damaged, or exceed all limits.
/// A file that's a binary but not an extension, such as an archive, isn't an error: it has facts and findings.
pub fn inspect(bytes: &[u8], expected: &Expectation) -> Result<Inspection, ReadError> {
    let facts = read::read(bytes)?;
    let diagnostics = rules::judge(&facts, expected);
    Ok(Inspection { facts, diagnostics })
}

/// Like [`inspect`], for a large file that isn't in memory: reads only the parts it needs, and searches the rest
/// without keeping it. Most of a library is code, which is neither read nor kept. The result is the same.
///
/// `part` fills a buffer from an offset, or returns `None` if it can't. The file has `length` bytes. Returns `None` if
/// `part` did, or if the whole file has to be read: for all formats except ELF.
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
