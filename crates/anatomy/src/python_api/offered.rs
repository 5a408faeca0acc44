//! What an interpreter offers to extensions: the symbols that it, or its libpython, exports.

use std::collections::HashSet;

use crate::Facts;

/// The symbols of the C API that an interpreter exports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfferedSymbols(HashSet<String>);

impl OfferedSymbols {
    /// Those that the interpreter's own file exports: the executable where Python is built into it, else its libpython.
    /// An executable that only starts a libpython exports none, and the result is then empty.
    pub fn of(interpreter: &Facts) -> Self {
        interpreter
            .images
            .iter()
            .flat_map(|image| &image.python_exports)
            .collect()
    }

    /// Whether there is nothing, which says that the wrong file was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the interpreter offers this symbol.
    pub fn contains(&self, symbol: &str) -> bool {
        self.0.contains(symbol)
    }
}

impl<Name: Into<String>> FromIterator<Name> for OfferedSymbols {
    fn from_iter<Names: IntoIterator<Item = Name>>(names: Names) -> Self {
        Self(names.into_iter().map(Into::into).collect())
    }
}
