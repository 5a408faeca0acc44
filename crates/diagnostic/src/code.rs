//! Stable codes that identify findings when you cite, select or explain them.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A stable code such as `WR0101`: the letters `WR` and four digits.
///
/// The first two digits name the area: `01` the artifact and its import, `02` the build, `03` running, `04` the
/// machine and its environment, `05` the course and its files, `06` the wheel, `07` what the compiler says about code that uses PyO3.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(Cow<'static, str>);

impl Code {
    /// A code known at compile time.
    ///
    /// # Panics
    ///
    /// If `text` isn't `WR` and four digits; in a constant that's a compile error.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        assert!(
            is_well_formed(text.as_bytes()),
            "a code is WR and four digits"
        );
        Self(Cow::Borrowed(text))
    }

    /// The code as printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const fn is_well_formed(text: &[u8]) -> bool {
    text.len() == 6
        && text[0] == b'W'
        && text[1] == b'R'
        && text[2].is_ascii_digit()
        && text[3].is_ascii_digit()
        && text[4].is_ascii_digit()
        && text[5].is_ascii_digit()
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The given text isn't a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseCodeError(String);

impl fmt::Display for ParseCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` isn't a code: codes are WR and four digits, such as WR0101",
            self.0
        )
    }
}

impl std::error::Error for ParseCodeError {}

impl FromStr for Code {
    type Err = ParseCodeError;

    /// Parses a code as people type it, ignoring case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let upper = text.trim().to_ascii_uppercase();
        if is_well_formed(upper.as_bytes()) {
            Ok(Self(Cow::Owned(upper)))
        } else {
            Err(ParseCodeError(text.to_owned()))
        }
    }
}

impl TryFrom<String> for Code {
    type Error = ParseCodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_what_people_type() {
        assert_eq!(" wr0101 ".parse::<Code>().unwrap(), Code::new("WR0101"));
    }

    #[test]
    fn refuses_invalid_codes() {
        for text in ["", "WR", "WR01011", "XX0101", "WR01O1", "WRé12"] {
            assert!(
                text.parse::<Code>().is_err(),
                "{text} was accepted as a code"
            );
        }
    }

    #[test]
    fn survives_json() {
        let code = Code::new("WR0203");
        let json = serde_json::to_string(&code).unwrap();
        assert_eq!(json, "\"WR0203\"");
        assert_eq!(serde_json::from_str::<Code>(&json).unwrap(), code);
    }
}
