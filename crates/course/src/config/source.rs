//! The contents of a configuration file, and errors that point into them.

use std::ops::Range;
use std::path::{Path, PathBuf};

use diagnostic::SourceLocation;

/// A configuration file that can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}:{column}: {reason}", file.display())]
pub struct TomlError {
    /// The file.
    pub file: PathBuf,
    /// The line, counted from 1.
    pub line: u32,
    /// The column in characters, counted from 1.
    pub column: u32,
    /// What is wrong there.
    pub reason: String,
    /// The line itself, for display.
    pub text: String,
    /// What would be right, if known.
    pub help: Option<String>,
}

impl TomlError {
    /// The location, in the form that findings use.
    pub fn location(&self) -> SourceLocation {
        SourceLocation::column(self.file.display().to_string(), self.line, self.column)
    }

    /// Adds what would be right.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The name and contents of a configuration file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    file: &'a Path,
    text: &'a str,
}

impl<'a> Source<'a> {
    /// Uses `bytes` as the contents of `file`.
    pub(super) fn new(file: &'a Path, bytes: &'a [u8]) -> Result<Self, TomlError> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self { file, text }),
            Err(error) => {
                let end = error.valid_up_to();
                let text = std::str::from_utf8(&bytes[..end]).unwrap_or_default();
                let source = Self { file, text };
                Err(source
                    .error(end..end, "the file is not valid UTF-8 here")
                    .help("save the file as UTF-8"))
            }
        }
    }

    /// The contents.
    pub(super) fn text(self) -> &'a str {
        self.text
    }

    /// An error at `span`, which counts bytes of the contents.
    pub(super) fn error(self, span: Range<usize>, reason: impl Into<String>) -> TomlError {
        let mut at = span.start.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let before = &self.text[..at];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        let column = before[line_start..].chars().count() + 1;
        let text = self.text[line_start..].lines().next().unwrap_or_default();
        TomlError {
            file: self.file.to_owned(),
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
            reason: reason.into(),
            text: text.to_owned(),
            help: None,
        }
    }
}
