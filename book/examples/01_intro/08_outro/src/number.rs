//! ISBN-13: thirteen digits, of which the last makes up for the sum of the others.

use std::fmt;

pub const DIGITS: usize = 13;

/// What can be wrong with a number.
#[derive(Debug, PartialEq)]
pub enum Flaw {
    Length(usize),
    Letter(char),
    Checksum,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flaw::Length(found) => write!(f, "{found} digits, where {DIGITS} are needed"),
            Flaw::Letter(letter) => write!(f, "{letter:?} is no digit"),
            Flaw::Checksum => write!(f, "the last digit does not fit the others"),
        }
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_flaws_apart() {
        assert_eq!(parse("978-0-13-110362-7").unwrap(), "9780131103627");
        assert_eq!(parse("978-0-13-110362-8"), Err(Flaw::Checksum));
        assert_eq!(parse("978-0-13"), Err(Flaw::Length(6)));
        assert_eq!(parse("978x"), Err(Flaw::Letter('x')));
    }
}
