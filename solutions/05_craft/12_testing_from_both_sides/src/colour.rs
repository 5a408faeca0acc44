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
    let digits = text.strip_prefix('#').ok_or(Flaw::Hash)?;
    if let Some(other) = digits.chars().find(|c| !c.is_ascii_hexdigit()) {
        return Err(Flaw::Digit(other));
    }
    if digits.len() != 6 {
        return Err(Flaw::Length(digits.len()));
    }
    let number = u32::from_str_radix(digits, 16).expect("there are six digits");
    let [_, red, green, blue] = number.to_be_bytes();
    Ok(Colour { red, green, blue })
}

/// The mean of each part, rounded down, or `None` without any colours.
pub fn mean(colours: &[Colour]) -> Option<Colour> {
    let mean_of = |part: fn(&Colour) -> u8| {
        let sum: usize = colours.iter().map(|colour| usize::from(part(colour))).sum();
        u8::try_from(sum.checked_div(colours.len())?).ok()
    };
    Some(Colour {
        red: mean_of(|colour| colour.red)?,
        green: mean_of(|colour| colour.green)?,
        blue: mean_of(|colour| colour.blue)?,
    })
}
