//! Colours such as `#ff8000`. There is no Python in this file.

use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

/// The notation that `parse` reads.
impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// What can be wrong with a colour. If several of these apply, the first one in this list counts.
#[derive(Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It doesn't begin with `#`.
    Hash,
    /// The first character after the `#` that isn't a hexadecimal digit.
    Digit(char),
    /// How many digits there are instead of six.
    Length(usize),
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flaw::Hash => write!(f, "a colour begins with '#'"),
            Flaw::Digit(other) => write!(f, "{other:?} isn't a hexadecimal digit"),
            Flaw::Length(count) => write!(f, "{count} digits instead of 6"),
        }
    }
}

pub fn parse(text: &str) -> Result<Colour, Flaw> {
    todo!("parse {text:?}")
}

/// The mean of each part, rounded down, or `None` without any colours.
pub fn mean(colours: &[Colour]) -> Option<Colour> {
    todo!("the mean of {colours:?}")
}
