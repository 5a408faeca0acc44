//! The versions of PyO3 and rustc with which a rule's words were recorded.

/// The newest minor version of PyO3 that the corpus has recordings of. An unknown version is treated as this one.
pub(super) const NEWEST_PYO3: u32 = 30;

/// The oldest one.
const OLDEST_PYO3: u32 = 23;

/// The oldest minor version of rustc that the corpus has recordings of.
const OLDEST_RUSTC: u32 = 95;

/// The minor versions of PyO3's `0.x` that a rule holds for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pyo3Range {
    first: u32,
    last: u32,
}

impl Pyo3Range {
    /// Every version with recordings.
    pub(super) const RECORDED: Self = Self {
        first: OLDEST_PYO3,
        last: NEWEST_PYO3,
    };

    /// From this version on.
    pub(super) const fn since(first: u32) -> Self {
        Self {
            first,
            ..Self::RECORDED
        }
    }

    /// Whether a version is one of them.
    pub(super) fn contains(self, minor: u32) -> bool {
        (self.first..=self.last).contains(&minor)
    }
}

/// The minor versions of rustc's `1.x` that a rule holds for: every one since the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RustcRange {
    first: u32,
}

impl RustcRange {
    /// Every version since the first one with recordings.
    pub(super) const RECORDED: Self = Self {
        first: OLDEST_RUSTC,
    };

    /// Whether a version, such as `1.95.0`, is one of them. A version that isn't known may be.
    pub(super) fn contains(self, version: Option<&str>) -> bool {
        let minor =
            version.and_then(|version| version.strip_prefix("1.")?.split('.').next()?.parse().ok());
        minor.is_none_or(|minor: u32| minor >= self.first)
    }
}

#[cfg(test)]
/// The line on the rule's page that names the versions.
pub(super) fn holds_for(pyo3: Pyo3Range, rustc: RustcRange) -> String {
    format!(
        "Holds for: PyO3 0.{} to 0.{}, rustc 1.{} and later.",
        pyo3.first, pyo3.last, rustc.first
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_ends_with_the_last_recording() {
        assert!(Pyo3Range::RECORDED.contains(23));
        assert!(Pyo3Range::RECORDED.contains(30));
        assert!(!Pyo3Range::RECORDED.contains(22));
        assert!(!Pyo3Range::RECORDED.contains(31));
        assert!(!Pyo3Range::since(26).contains(25));
    }

    #[test]
    fn an_unknown_rustc_may_be_a_recorded_one() {
        assert!(RustcRange::RECORDED.contains(None));
        assert!(RustcRange::RECORDED.contains(Some("1.95.0")));
        assert!(RustcRange::RECORDED.contains(Some("1.96.0-nightly")));
        assert!(!RustcRange::RECORDED.contains(Some("1.94.1")));
    }
}
