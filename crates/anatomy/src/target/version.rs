//! A version of the Python language.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A Python language version, such as 3.12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PythonVersion {
    /// The major version.
    pub major: u8,
    /// The minor version.
    pub minor: u8,
}

impl PythonVersion {
    /// Creates a version from its two numbers.
    pub const fn new(major: u8, minor: u8) -> Self {
        Self { major, minor }
    }

    /// Parses `3.12`; ignores a patch number after it.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('.');
        let major = number(parts.next()?)?;
        let minor = number(parts.next()?)?;
        Some(Self { major, minor })
    }

    /// Parses the digits in a tag, such as the `312` in `cp312`: the first digit is the major version, the rest the
    /// minor.
    pub fn from_digits(digits: &str) -> Option<Self> {
        if !digits.is_char_boundary(1) || digits.is_empty() {
            return None;
        }
        let (major, minor) = digits.split_at(1);
        Some(Self {
            major: number(major)?,
            minor: if minor.is_empty() { 0 } else { number(minor)? },
        })
    }
}

/// Only digits: `str::parse` would also accept a sign.
fn number(text: &str) -> Option<u8> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

impl fmt::Display for PythonVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl From<PythonVersion> for String {
    fn from(version: PythonVersion) -> Self {
        version.to_string()
    }
}

impl TryFrom<String> for PythonVersion {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` isn't a Python version such as 3.12"))
    }
}
