//! ISBN-13: thirteen digits. The last one is a check digit for the others.

use std::fmt;

pub const DIGITS: usize = 13;

// ANCHOR: flaw
/// What can be wrong with a number.
#[derive(Debug, PartialEq)]
pub enum Flaw {
    Length(usize),
    Letter(char),
    Checksum,
}
// ANCHOR_END: flaw

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flaw::Length(found) => write!(f, "{found} digits instead of {DIGITS}"),
            Flaw::Letter(letter) => write!(f, "{letter:?} is not a digit"),
            Flaw::Checksum => write!(f, "the check digit is wrong"),
        }
    }
}

// ANCHOR: parse
/// The digits, if they are a valid number.
pub fn parse(text: &str) -> Result<String, Flaw> {
    let mut digits = String::with_capacity(DIGITS);
    let mut sum = 0;
    for letter in text.chars().filter(|c| !matches!(c, ' ' | '-')) {
        let digit = letter.to_digit(10).ok_or(Flaw::Letter(letter))?;
        let weight = if digits.len().is_multiple_of(2) { 1 } else { 3 };
        sum = (sum + digit * weight) % 10;
        digits.push(letter);
    }
    match (digits.len(), sum) {
        (DIGITS, 0) => Ok(digits),
        (DIGITS, _) => Err(Flaw::Checksum),
        (found, _) => Err(Flaw::Length(found)),
    }
}
// ANCHOR_END: parse

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_flaw_is_recognised() {
        assert_eq!(parse("978-0-13-110362-7").unwrap(), "9780131103627");
        assert_eq!(parse("978-0-13-110362-8"), Err(Flaw::Checksum));
        assert_eq!(parse("978-0-13"), Err(Flaw::Length(6)));
        assert_eq!(parse("978x"), Err(Flaw::Letter('x')));
    }
}
