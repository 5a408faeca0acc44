//! A Python, the way people and tags name it.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::{Implementation, PythonVersion, Threading};

/// A Python: implementation, version, and whether it has the GIL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Python {
    /// The version.
    pub version: PythonVersion,
    /// Whether it has the global interpreter lock.
    pub threading: Threading,
    /// The implementation.
    pub implementation: Implementation,
}

/// The text isn't a Python that extensions can be checked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` isn't a Python such as 3.15, 3.15t or pypy3.11")]
pub struct ParsePythonError(String);

impl Python {
    /// `CPython` with the GIL.
    pub const fn cpython(version: PythonVersion) -> Self {
        Self {
            implementation: Implementation::CPython,
            version,
            threading: Threading::Gil,
        }
    }

    /// Free-threaded `CPython`.
    pub const fn free_threaded(version: PythonVersion) -> Self {
        Self {
            threading: Threading::FreeThreaded,
            ..Self::cpython(version)
        }
    }

    /// `PyPy`.
    pub const fn pypy(version: PythonVersion) -> Self {
        Self {
            implementation: Implementation::PyPy,
            ..Self::cpython(version)
        }
    }

    /// Whether it's a free-threaded build.
    pub fn is_free_threaded(self) -> bool {
        self.threading == Threading::FreeThreaded
    }
}

impl FromStr for Python {
    type Err = ParsePythonError;

    /// Parses `3.15`, `3.15t`, `python3.15`, `cp315t`, `pypy3.11` and `pp311`. Ignores a patch number.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ParsePythonError(text.to_owned());
        let lower = text.trim().to_ascii_lowercase();
        let (implementation, rest) = [
            ("cpython", Implementation::CPython),
            ("python", Implementation::CPython),
            ("pypy", Implementation::PyPy),
            ("pp", Implementation::PyPy),
            ("cp", Implementation::CPython),
            ("", Implementation::CPython),
        ]
        .into_iter()
        .find_map(|(prefix, implementation)| Some((implementation, lower.strip_prefix(prefix)?)))
        .ok_or_else(error)?;
        let (number, threading) = match rest.strip_suffix('t') {
            Some(number) => (number, Threading::FreeThreaded),
            None => (rest, Threading::Gil),
        };
        let is_short = |text: &str| text.len() > 1 && lower.len() > text.len();
        let version = if number.contains('.') {
            let parts: Vec<&str> = number.split('.').collect();
            let is_number =
                |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            (parts.len() <= 3 && parts.iter().all(is_number))
                .then(|| PythonVersion::parse(number))
                .flatten()
        } else if is_short(number) {
            PythonVersion::from_digits(number)
        } else {
            None
        };
        let version = version
            .filter(|version| version.major == 3)
            .ok_or_else(error)?;
        let is_odd = threading == Threading::FreeThreaded
            && (implementation != Implementation::CPython || version < FIRST_FREE_THREADED);
        if is_odd {
            return Err(error());
        }
        Ok(Self {
            version,
            threading,
            implementation,
        })
    }
}

/// The first Python with a free-threaded build (PEP 703).
pub(crate) const FIRST_FREE_THREADED: PythonVersion = PythonVersion::new(3, 13);

impl fmt::Display for Python {
    /// In the form that `--for` accepts: `3.15t`, `pypy3.11`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.implementation {
            Implementation::CPython => {}
            Implementation::PyPy => f.write_str("pypy")?,
            Implementation::GraalPy => f.write_str("graalpy")?,
        }
        write!(f, "{}", self.version)?;
        if self.is_free_threaded() {
            f.write_str("t")?;
        }
        Ok(())
    }
}

impl Serialize for Python {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pythons_are_parsed_as_people_and_tags_write_them() {
        for (text, shown) in [
            ("3.15", "3.15"),
            ("3.15t", "3.15t"),
            ("3.13.2", "3.13"),
            ("python3.12", "3.12"),
            ("python3.14t", "3.14t"),
            ("cp313t", "3.13t"),
            ("CPython3.9", "3.9"),
            ("pypy3.11", "pypy3.11"),
            ("pp311", "pypy3.11"),
        ] {
            let python: Python = text.parse().unwrap();
            assert_eq!(python.to_string(), shown, "{text}");
            assert_eq!(shown.parse(), Ok(python));
        }
        for text in [
            "",
            "3",
            "315",
            "python3",
            "2.7",
            "cp27",
            "3.12t",
            "pypy3.11t",
            "3.",
            "3.x",
            "t",
            "3.15tt",
            "cpython",
            "3.1.2.3.4",
            "3.300",
            "./3.15",
            "graalpy3.11",
        ] {
            assert!(text.parse::<Python>().is_err(), "{text}");
        }
    }
}
