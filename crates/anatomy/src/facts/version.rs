//! Versions of system libraries' symbols.

use std::fmt;

use serde::{Serialize, Serializer};

/// A dotted version, compared number by number: 2.9 comes before 2.17.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(Vec<u32>);

impl Version {
    /// A system version: the third number is left out if it's 0.
    pub(crate) fn of([major, minor, patch]: [u32; 3]) -> Self {
        let mut numbers = vec![major, minor, patch];
        numbers.truncate(if patch == 0 { 2 } else { 3 });
        Self(numbers)
    }

    /// Its first two numbers.
    pub fn major_minor(&self) -> (u32, u32) {
        let number = |at: usize| self.0.get(at).copied().unwrap_or(0);
        (number(0), number(1))
    }

    /// Parses a dotted version of at most four numbers.
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

/// A version of a library's symbols that a binary needs (`verneed` in GNU symbol versioning).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct VersionNeed {
    /// The library's name, such as `libc.so.6`.
    pub library: String,
    /// The version's name, such as `GLIBC_2.34`.
    pub version: String,
    /// Whether the binary also loads without it: only optional symbols need it (`VER_FLG_WEAK`).
    pub weak: bool,
}

impl VersionNeed {
    /// The glibc version that has it, if the library is one of glibc's own. Others use the same version names:
    /// `GLIBC_2.0` in `libgcc_s.so.1` comes with the compiler.
    pub fn glibc(&self) -> Option<Version> {
        let (name, version) = self.numbered()?;
        (name == "GLIBC" && is_of_glibc(&self.library)).then_some(version)
    }

    /// The version's name and number, if it has the form `NAME_1.2.3`.
    ///
    /// `GLIBC_ABI_DT_RELR` has no number but implies one: the loader supports packed relocations since glibc 2.36.
    pub fn numbered(&self) -> Option<(&str, Version)> {
        if self.version == "GLIBC_ABI_DT_RELR" {
            return Some(("GLIBC", Version(vec![2, 36])));
        }
        let (name, number) = self.version.rsplit_once('_')?;
        Some((name, Version::parse(number)?))
    }
}

/// Whether a library belongs to glibc (its `shlib-versions`).
fn is_of_glibc(library: &str) -> bool {
    const LIBRARIES: [&str; 14] = [
        "libBrokenLocale.so.",
        "libanl.so.",
        "libc.so.",
        "libc_malloc_debug.so.",
        "libdl.so.",
        "libm.so.",
        "libmvec.so.",
        "libnsl.so.",
        "libnss_",
        "libpthread.so.",
        "libresolv.so.",
        "librt.so.",
        "libthread_db.so.",
        "libutil.so.",
    ];
    // The loader's name depends on the processor: `ld-linux-x86-64.so.2`, `ld64.so.1`, `ld.so.1`.
    let is_loader = ["ld-linux", "ld64.so.", "ld.so."];
    let mut prefixes = LIBRARIES.iter().chain(&is_loader);
    prefixes.any(|prefix| library.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_relocations_need_a_loader_that_supports_them() {
        let need = VersionNeed {
            library: "libc.so.6".to_owned(),
            version: "GLIBC_ABI_DT_RELR".to_owned(),
            weak: false,
        };
        assert_eq!(need.numbered(), Some(("GLIBC", Version(vec![2, 36]))));
    }

    #[test]
    fn only_glibc_libraries_determine_the_needed_glibc() {
        let glibc = |library: &str, version: &str| {
            let need = VersionNeed {
                library: library.to_owned(),
                version: version.to_owned(),
                weak: false,
            };
            need.glibc().map(|version| version.to_string())
        };
        assert_eq!(glibc("libc.so.6", "GLIBC_2.34").as_deref(), Some("2.34"));
        assert_eq!(
            glibc("ld-linux-x86-64.so.2", "GLIBC_2.3").as_deref(),
            Some("2.3")
        );
        assert_eq!(glibc("libgcc_s.so.1", "GLIBC_2.0"), None);
        assert_eq!(glibc("libstdc++.so.6", "GLIBCXX_3.4.21"), None);
        assert_eq!(glibc("libcrypt.so.1", "GLIBC_2.2.5"), None);
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
