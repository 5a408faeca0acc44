//! What a binary's constants reveal: the paths that panics print, which contain crates and their versions.

use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memmem;

use super::parts::ReadPart;
use super::text;
use crate::facts::CrateVersion;

/// No honest binary contains more.
const MOST_CRATES: usize = 4096;

/// How many bytes of a large section are in memory at once.
const WINDOW: usize = 64 << 10;

/// How much of a path before a marker is examined. A package's name is at most 64 bytes long; a version and an index's
/// directory are even shorter.
const BEFORE: usize = 256;

/// How much of a window is kept for the next one: more than what's examined before a marker, plus the longest marker.
const KEPT: usize = 2 * BEFORE;

/// What's been found in constants so far.
#[derive(Debug, Default)]
pub(super) struct Constants {
    packages: Packages,
    rustc_commit: Option<String>,
}

impl Constants {
    /// Searches a section.
    pub(super) fn search(&mut self, data: &[u8]) {
        self.search_from(data, 0);
    }

    /// Searches a section of a file that isn't in memory; `None` if it can't be read.
    pub(super) fn search_part(
        &mut self,
        section: &Range<u64>,
        read: &mut ReadPart<'_>,
    ) -> Option<()> {
        let length = section.end.saturating_sub(section.start);
        let mut window =
            vec![0; usize::try_from(length).map_or(WINDOW, |length| length.min(WINDOW))];
        let (mut at, mut kept) = (section.start, 0);
        while at < section.end {
            let room = window.get_mut(kept..)?;
            let size =
                usize::try_from(section.end - at).map_or(room.len(), |left| left.min(room.len()));
            read(at, room.get_mut(..size)?)?;
            let filled = kept + size;
            self.search_from(window.get(..filled)?, kept);
            at += size as u64;
            kept = filled.min(KEPT);
            window.copy_within(filled - kept..filled, 0);
        }
        Some(())
    }

    /// Searches data whose beginning has already been searched.
    fn search_from(&mut self, data: &[u8], searched: usize) {
        self.packages.find(data, searched);
        if self.rustc_commit.is_none() {
            self.rustc_commit = commit(data);
        }
    }

    /// The crates, and rustc's commit, if rustc left its name in the binary or its own paths show that it was involved.
    pub(super) fn into_crates_and_commit(
        self,
        is_signed: bool,
    ) -> (Vec<CrateVersion>, Option<String>) {
        let is_rust = is_signed || self.rustc_commit.is_some();
        (self.packages.crates(is_rust), self.rustc_commit)
    }
}

/// The packages whose paths a binary contains.
#[derive(Debug, Default)]
struct Packages {
    /// Those in the directory where cargo unpacks downloads.
    of_a_registry: BTreeSet<CrateVersion>,
    /// Those elsewhere: vendored crates, but also C libraries, whose archives unpack into directories like this.
    elsewhere: BTreeSet<CrateVersion>,
}

impl Packages {
    fn len(&self) -> usize {
        self.of_a_registry.len() + self.elsewhere.len()
    }

    /// Finds `name-1.2.3/src/`, a package's directory as cargo unpacks or vendors it, unless it ends in data that has
    /// already been searched.
    fn find(&mut self, data: &[u8], searched: usize) {
        for (mark, separator) in marks(data).filter(|(mark, _)| mark.end > searched) {
            if self.len() >= MOST_CRATES {
                return;
            }
            let before = mark.start.saturating_sub(BEFORE)..mark.start;
            let before = data.get(before).unwrap_or_default();
            let mut parts = before.rsplit(|&byte| byte == separator);
            let (Some(directory), Some(above)) = (parts.next(), parts.next().map(|_| parts)) else {
                continue;
            };
            if let Some(found) = std::str::from_utf8(directory).ok().and_then(package) {
                if above.take(2).eq([&b"src"[..], b"registry"]) {
                    self.of_a_registry.insert(found);
                } else {
                    self.elsewhere.insert(found);
                }
            }
        }
    }

    /// The crates among them, depending on whether rustc is known to be involved in the binary.
    fn crates(mut self, is_rust: bool) -> Vec<CrateVersion> {
        if is_rust {
            self.of_a_registry.append(&mut self.elsewhere);
        }
        self.of_a_registry.into_iter().collect()
    }
}

/// Where `/src/` or `\src\` occurs, and with which separator.
fn marks(data: &[u8]) -> impl Iterator<Item = (Range<usize>, u8)> {
    memmem::find_iter(data, b"src").filter_map(|at| {
        let mark = at.checked_sub(1)?..at + 4;
        let [before, .., after] = data.get(mark.clone())? else {
            return None;
        };
        (before == after && matches!(before, b'/' | b'\\')).then_some((mark, *before))
    })
}

/// Splits `pyo3-build-config-0.30.1` at the hyphen before the version.
fn package(directory: &str) -> Option<CrateVersion> {
    let at = directory
        .match_indices('-')
        .map(|(at, _)| at)
        .find(|at| is_version(directory.get(at + 1..).unwrap_or_default()))?;
    let name = directory.get(..at)?;
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    is_name.then(|| CrateVersion {
        name: name.to_owned(),
        version: directory.get(at + 1..).unwrap_or_default().to_owned(),
    })
}

/// Three numbers, possibly followed by more after a `-` or `+` (Semantic Versioning).
fn is_version(text: &str) -> bool {
    let core = text.split(['-', '+']).next().unwrap_or(text);
    let rest = text.get(core.len()..).unwrap_or_default();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+');
    core.split('.').count() == 3
        && core.split('.').all(|part| {
            !part.is_empty() && part.len() < 10 && part.bytes().all(|byte| byte.is_ascii_digit())
        })
        && rest.bytes().all(is_plain)
}

/// The commit in `/rustc/<40 hexadecimal digits>/library/…`.
fn commit(data: &[u8]) -> Option<String> {
    memmem::find_iter(data, b"/rustc/").find_map(|at| {
        let hash = data.get(at + 7..at + 47)?;
        let end = data.get(at + 47)?;
        (hash.iter().all(u8::is_ascii_hexdigit) && matches!(end, b'/' | b'\\')).then(|| text(hash))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_c_library_is_not_a_crate() {
        let found = |is_rust| {
            let mut packages = Packages::default();
            let data = b"\0/io/openjpeg-2.5.4/src/lib/j2k.c\0/root/.cargo/registry/src/index.example-1949cf8c6b5b557f/pyo3-0.30.1/src/err.rs\0";
            packages.find(data, 0);
            let crates = packages.crates(is_rust).into_iter();
            crates.map(|found| found.name).collect::<Vec<_>>()
        };
        assert_eq!(found(false), ["pyo3"]);
        assert_eq!(found(true), ["openjpeg", "pyo3"]);
    }

    #[test]
    fn paths_are_found_across_window_boundaries() {
        let path =
            b"\0/root/.cargo/registry/src/index.example-1949cf8c6b5b557f/pyo3-0.30.1/src/err.rs\0";
        let commit = b"/rustc/0123456789abcdef0123456789abcdef01234567/library/core/src/str.rs\0";
        for before in (WINDOW - 160..WINDOW + 8).chain([0, 3 * WINDOW - 2 * KEPT - 90]) {
            let section = [&vec![b'x'; before][..], path, commit, &vec![b'y'; WINDOW]].concat();
            let mut constants = Constants::default();
            let mut read = |start: u64, part: &mut [u8]| {
                let start = usize::try_from(start).ok()?;
                part.copy_from_slice(section.get(start..start.checked_add(part.len())?)?);
                Some(())
            };
            let whole = 0..section.len() as u64;
            assert_eq!(constants.search_part(&whole, &mut read), Some(()));
            let (crates, commit) = constants.into_crates_and_commit(false);
            assert_eq!(crates.len(), 1, "{before}");
            assert_eq!(crates[0].name, "pyo3", "{before}");
            assert_eq!(commit.as_deref().map(str::len), Some(40), "{before}");
        }
    }

    #[test]
    fn package_directories_are_parsed() {
        let split = |directory: &str| package(directory).map(|found| (found.name, found.version));
        let is = |name: &str, version: &str| Some((name.to_owned(), version.to_owned()));
        assert_eq!(split("pyo3-0.30.1"), is("pyo3", "0.30.1"));
        assert_eq!(
            split("pyo3-build-config-0.30.1"),
            is("pyo3-build-config", "0.30.1")
        );
        assert_eq!(split("notify-9.0.0-rc.7"), is("notify", "9.0.0-rc.7"));
        assert_eq!(
            split("toml-1.2.1+spec-1.1.0"),
            is("toml", "1.2.1+spec-1.1.0")
        );
        assert_eq!(split("library"), None);
        assert_eq!(split("x-1.2"), None);
    }
}
