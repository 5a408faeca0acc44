//! The evidence that a finding is based on.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A place in a text file. Lines and columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLocation {
    /// The file, as shown to the user: relative to the exercise or project if it's inside.
    pub file: String,
    /// The line, if known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u32>,
    /// The column in characters, if known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<u32>,
}

impl SourceLocation {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line: None,
            column: None,
        }
    }

    /// A line in a file.
    pub fn line(file: impl Into<String>, line: u32) -> Self {
        Self {
            file: file.into(),
            line: Some(line),
            column: None,
        }
    }

    /// A column in a line of a file.
    pub fn column(file: impl Into<String>, line: u32, column: u32) -> Self {
        Self {
            file: file.into(),
            line: Some(line),
            column: Some(column),
        }
    }
}

impl fmt::Display for SourceLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        Ok(())
    }
}

/// One piece of evidence. A rule fires on evidence, never on a guess.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Evidence {
    /// A place in a source or manifest, with the line's text if that helps.
    Source {
        /// Where it is.
        location: SourceLocation,
        /// The text there, or a note about it.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        text: Option<String>,
    },
    /// A symbol in a binary.
    Symbol {
        /// The symbol's name in the symbol table.
        name: String,
        /// The binary that contains it, or lacks it.
        binary: String,
    },
    /// A section or another named part of a binary or archive.
    Section {
        /// The section's name.
        name: String,
        /// The binary it belongs to.
        binary: String,
    },
    /// Something that was expected, and what was found instead.
    Mismatch {
        /// What's compared, such as "module name".
        what: String,
        /// The expected value.
        expected: String,
        /// The actual value.
        found: String,
    },
    /// A program that was run or searched for, and what's known about it.
    Program {
        /// The program's name or path.
        name: String,
        /// Its version, its path, or why it couldn't be run.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        detail: Option<String>,
    },
    /// An environment variable.
    Variable {
        /// Its name.
        name: String,
        /// Its value, if set.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        value: Option<String>,
    },
    /// The versions that a finding about the compiler's words holds for.
    Versions {
        /// That of rustc, where it is known.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        rustc: Option<String>,
        /// That of PyO3, where it is known.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        pyo3: Option<String>,
    },
    /// What a program printed.
    Output {
        /// The program or stream that printed it.
        from: String,
        /// The text.
        text: String,
    },
}

impl Evidence {
    /// A place without any text.
    pub fn at(location: SourceLocation) -> Self {
        Self::Source {
            location,
            text: None,
        }
    }

    /// A place and the text there.
    pub fn at_text(location: SourceLocation, text: impl Into<String>) -> Self {
        Self::Source {
            location,
            text: Some(text.into()),
        }
    }

    /// An expected value and the actual one.
    pub fn mismatch(
        what: impl Into<String>,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        Self::Mismatch {
            what: what.into(),
            expected: expected.into(),
            found: found.into(),
        }
    }

    /// What a program printed.
    pub fn output(from: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Output {
            from: from.into(),
            text: text.into(),
        }
    }
}
