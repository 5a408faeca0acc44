//! Which Pythons each PyO3 supports.

use crate::expectation::PythonVersion;

/// The newest patch of a minor version of PyO3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pyo3Release {
    /// Its version.
    pub version: &'static str,
    /// The oldest `CPython` it supports.
    pub oldest_python: PythonVersion,
    /// The newest, where its build script knows one.
    pub newest_python: Option<PythonVersion>,
    /// The oldest free-threaded one, where its build script knows one.
    pub oldest_free_threaded: Option<PythonVersion>,
}

/// The releases of PyO3, the oldest first.
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
        let release = pyo3_releases()
            .find(|release| release.version.starts_with("0.30."))
            .unwrap();
        assert_eq!(release.oldest_python, PythonVersion::new(3, 9));
        assert_eq!(release.newest_python, Some(PythonVersion::new(3, 15)));
        assert!(pyo3_releases().count() >= 15);
    }
}
