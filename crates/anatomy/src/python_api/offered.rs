//! What an interpreter provides to extensions: the symbols that it, or its libpython, exports.

use std::collections::HashSet;

use crate::Facts;

/// The C API symbols that an interpreter exports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfferedSymbols(HashSet<String>);

impl OfferedSymbols {
    /// The symbols that the interpreter's file exports: the executable if Python is built into it, otherwise its
    /// libpython. An executable that only starts a libpython exports none, so the result is empty.
    pub fn of(interpreter: &Facts) -> Self {
        interpreter
            .images
            .iter()
            .flat_map(|image| &image.python_exports)
            .collect()
    }

    /// Whether there are no symbols, which means that the wrong file was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of symbols.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the interpreter exports this symbol.
    pub fn contains(&self, symbol: &str) -> bool {
        self.0.contains(symbol)
    }
}

impl<Name: Into<String>> FromIterator<Name> for OfferedSymbols {
    fn from_iter<Names: IntoIterator<Item = Name>>(names: Names) -> Self {
        Self(names.into_iter().map(Into::into).collect())
    }
}
