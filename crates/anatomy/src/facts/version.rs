//! Versions of system libraries' symbols.

use std::fmt;

use serde::{Serialize, Serializer};

/// A dotted version, compared number by number: 2.9 comes before 2.17.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(Vec<u32>);

impl Version {
    /// A version of a system: the third number is left out where it is 0.
    pub(crate) fn of([major, minor, patch]: [u32; 3]) -> Self {
        let mut numbers = vec![major, minor, patch];
        numbers.truncate(if patch == 0 { 2 } else { 3 });
        Self(numbers)
    }

    /// Its first two numbers.
    pub(crate) fn major_minor(&self) -> (u32, u32) {
        let number = |at: usize| self.0.get(at).copied().unwrap_or(0);
        (number(0), number(1))
    }

    /// Reads a dotted version of at most four numbers.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Option<Vec<u32>> = text
            .split('.')
            .map(|part| {
                part.bytes()
                    .all(|byte| byte.is_ascii_digit())
                    .then(|| part.parse().ok())
                    .flatten()
            })
            .collect();
        parts.filter(|parts| parts.len() <= 4).map(Self)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(".")?;
            }
            write!(f, "{part}")?;
        }
        Ok(())
    }
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A version that a binary needs of a library's symbols (the `verneed` of the GNU symbol versioning extension).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct VersionNeed {
    /// The library's name, such as `libc.so.6`.
    pub library: String,
    /// The version's name, such as `GLIBC_2.34`.
    pub version: String,
}

impl VersionNeed {
    /// The version's name and number, where it has the shape `NAME_1.2.3`.
    ///
    /// `GLIBC_ABI_DT_RELR` has no number and means one: the loader that understands packed relocations came with glibc 2.36.
    pub fn numbered(&self) -> Option<(&str, Version)> {
        if self.version == "GLIBC_ABI_DT_RELR" {
            return Some(("GLIBC", Version(vec![2, 36])));
        }
        let (name, number) = self.version.rsplit_once('_')?;
        Some((name, Version::parse(number)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_relocations_need_a_loader_that_knows_them() {
        let need = VersionNeed {
            library: "libc.so.6".to_owned(),
            version: "GLIBC_ABI_DT_RELR".to_owned(),
        };
        assert_eq!(need.numbered(), Some(("GLIBC", Version(vec![2, 36]))));
    }

    #[test]
    fn versions_compare_by_number() {
        let version = |text| Version::parse(text).unwrap();
        assert!(version("2.9") < version("2.17"));
        assert!(version("2.2.5") < version("2.3"));
        assert_eq!(Version::parse("2.x"), None);
        assert_eq!(Version::parse(""), None);
    }
}
