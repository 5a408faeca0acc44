//! What a finding rests on.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A place in a text file. Lines and columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLocation {
    /// The file, as it should be shown: relative to the exercise or project where it lies inside.
    pub file: String,
    /// The line, where it is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u32>,
    /// The column in characters, where it is known.
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

    /// A line of a file.
    pub fn line(file: impl Into<String>, line: u32) -> Self {
        Self {
            file: file.into(),
            line: Some(line),
            column: None,
        }
    }

    /// A column of a line of a file.
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
    /// A place in a source or manifest, with the line's text where it helps.
    Source {
        /// Where it is.
        location: SourceLocation,
        /// What stands there, or what is said of it.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        text: Option<String>,
    },
    /// A symbol of a binary.
    Symbol {
        /// The symbol's name as it stands in the symbol table.
        name: String,
        /// The binary it was found in, or missed in.
        binary: String,
    },
    /// A section or other named part of a binary or archive.
    Section {
        /// The section's name.
        name: String,
        /// The binary it belongs to.
        binary: String,
    },
    /// Something that was expected, and what was found instead.
    Mismatch {
        /// What is compared, such as "module name".
        what: String,
        /// What it should have been.
        expected: String,
        /// What it was.
        found: String,
    },
    /// A program that was run or looked for, with what is known of it.
    Program {
        /// The program's name or path.
        name: String,
        /// Its version, its path, or why it could not be run.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        detail: Option<String>,
    },
    /// An environment variable.
    Variable {
        /// Its name.
        name: String,
        /// Its value, where it is set.
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
        /// The program or stream that said it.
        from: String,
        /// What it said.
        text: String,
    },
}

impl Evidence {
    /// A place without further words.
    pub fn at(location: SourceLocation) -> Self {
        Self::Source {
            location,
            text: None,
        }
    }

    /// A place and what stands there.
    pub fn at_text(location: SourceLocation, text: impl Into<String>) -> Self {
        Self::Source {
            location,
            text: Some(text.into()),
        }
    }

    /// Something expected against something found.
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
