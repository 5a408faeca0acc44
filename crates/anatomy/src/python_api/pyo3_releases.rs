//! The Pythons that each PyO3 supports.

use crate::target::PythonVersion;

/// The newest patch release of a minor PyO3 version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pyo3Release {
    /// Its version.
    pub version: &'static str,
    /// The oldest `CPython` it supports.
    pub oldest_python: PythonVersion,
    /// The newest, if its build script has a limit.
    pub newest_python: Option<PythonVersion>,
    /// The oldest free-threaded one, if its build script has a limit.
    pub oldest_free_threaded: Option<PythonVersion>,
}

impl Pyo3Release {
    /// The release that represents a version such as `0.30.1`. The table has the newest patch release of each minor
    /// version; an older one supports the same or less.
    pub fn of(version: &str) -> Option<Self> {
        let minor = minor_of(version)?;
        pyo3_releases().find(|release| release.minor() == minor)
    }

    /// The minor version; the major version is zero.
    pub fn minor(&self) -> u32 {
        minor_of(self.version).unwrap_or(0)
    }

    /// The newest Python that its build script accepts. Since 0.28 that's the one after the newest it supports, with a
    /// warning.
    pub fn newest_accepted(&self) -> Option<PythonVersion> {
        let newest = self.newest_python?;
        let spare = u8::from(self.minor() >= 28);
        Some(PythonVersion::new(
            newest.major,
            newest.minor.saturating_add(spare),
        ))
    }
}

/// The minor version in a version such as `0.30.1`; `None` for versions other than `0.x`.
pub fn minor_of(version: &str) -> Option<u32> {
    version.strip_prefix("0.")?.split('.').next()?.parse().ok()
}

/// PyO3's releases, oldest first.
pub fn pyo3_releases() -> impl Iterator<Item = Pyo3Release> {
    include_str!("../../data/pyo3_pythons.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut words = line.split(' ');
            Some(Pyo3Release {
                version: words.next()?,
                oldest_python: PythonVersion::parse(words.next()?)?,
                newest_python: words.next().and_then(PythonVersion::parse),
                oldest_free_threaded: words.next().and_then(PythonVersion::parse),
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        let release = Pyo3Release::of("0.30.0").unwrap();
        assert_eq!(release.oldest_python, PythonVersion::new(3, 9));
        assert_eq!(release.newest_python, Some(PythonVersion::new(3, 15)));
        assert_eq!(
            release.oldest_free_threaded,
            Some(PythonVersion::new(3, 14))
        );
        assert!(pyo3_releases().count() >= 15);
    }

    #[test]
    fn later_releases_accept_the_next_python() {
        let accepted = |version| Pyo3Release::of(version).unwrap().newest_accepted();
        assert_eq!(accepted("0.27.2"), Some(PythonVersion::new(3, 14)));
        assert_eq!(accepted("0.28.0"), Some(PythonVersion::new(3, 16)));
    }

    #[test]
    fn an_unknown_version_is_not_a_release() {
        for version in ["1.0.0", "0.999.0", "0.x", ""] {
            assert_eq!(Pyo3Release::of(version), None, "{version}");
        }
    }
}
