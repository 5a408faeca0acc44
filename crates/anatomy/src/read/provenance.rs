//! Reading where a binary comes from: its sections, what compilers signed, and the paths that panics print.

use std::collections::BTreeSet;

use memchr::memmem;
use object::{Object, ObjectSection, SectionKind};

use crate::facts::{CrateVersion, Provenance, Section};

use super::budget::Budget;
use super::{ReadError, text};

/// No honest binary shows more.
const MOST_CRATES: usize = 4096;

/// The sections of a binary and its origin.
pub(super) struct Origin {
    pub(super) sections: Vec<Section>,
    pub(super) provenance: Provenance,
}

pub(super) fn read<'data>(
    file: &impl Object<'data>,
    length: usize,
    budget: &mut Budget,
) -> Result<Origin, ReadError> {
    let mut sections = Vec::new();
    let mut provenance = Provenance::default();
    let mut packages = Packages::default();
    // Sections may overlap in a hostile file; an honest one has no more constants than bytes.
    let mut searchable = length;
    for section in file.sections() {
        let name = section.name_bytes().unwrap_or_default();
        budget.spend("sections", name)?;
        sections.push(Section {
            name: text(name),
            size: section.size(),
            is_debug: is_debug(name),
        });
        let is_comment = name == b".comment";
        let is_searched = is_constant(section.kind()) && !is_no_constant_of_elf(name);
        if !is_comment && !is_searched {
            continue;
        }
        let Ok(data) = section.data() else {
            continue;
        };
        let Some(rest) = searchable.checked_sub(data.len()) else {
            continue;
        };
        searchable = rest;
        if is_comment {
            provenance.tools = tools(data);
        } else {
            find_packages(data, b'/', &mut packages);
            find_packages(data, b'\\', &mut packages);
            provenance.rustc_commit = provenance.rustc_commit.or_else(|| commit(data));
        }
    }
    provenance.rustc = provenance
        .tools
        .iter()
        .find_map(|tool| tool.strip_prefix("rustc version ")?.split(' ').next())
        .map(str::to_owned);
    let is_rust = provenance.rustc.is_some() || provenance.rustc_commit.is_some();
    provenance.crates = packages.crates(is_rust);
    Ok(Origin {
        sections,
        provenance,
    })
}

/// What object takes for constants in an ELF file by its flags, and no compiler puts texts into: tables for unwinding, and
/// what is relocated.
pub(super) fn is_no_constant_of_elf(name: &[u8]) -> bool {
    [
        &b".eh_frame"[..],
        b".gcc_except_table",
        b".data.rel.ro",
        b".dynamic",
        b".got",
    ]
    .iter()
    .any(|prefix| name.starts_with(prefix))
}

pub(super) fn is_debug(name: &[u8]) -> bool {
    [&b".debug_"[..], b".zdebug_", b"__debug_", b"__zdebug_"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
}

/// Where the linker puts constants; on Windows also those of Mach-O's `__const`, which object calls data.
fn is_constant(kind: SectionKind) -> bool {
    matches!(
        kind,
        SectionKind::ReadOnlyData
            | SectionKind::ReadOnlyString
            | SectionKind::ReadOnlyDataWithRel
            | SectionKind::Data
    )
}

/// The signatures in `.comment`, each once.
fn tools(data: &[u8]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in data
        .split(|&byte| byte == 0)
        .filter(|part| !part.is_empty())
        .take(64)
    {
        let part = text(part.get(..512).unwrap_or(part));
        if !found.contains(&part) {
            found.push(part);
        }
    }
    found
}

/// The packages whose paths are in a binary.
#[derive(Default)]
struct Packages {
    /// Those that lie where cargo unpacks what it downloads.
    of_a_registry: BTreeSet<CrateVersion>,
    /// Those that lie elsewhere: vendored crates, and as well libraries of C, whose archives unpack into such directories.
    elsewhere: BTreeSet<CrateVersion>,
}

impl Packages {
    fn len(&self) -> usize {
        self.of_a_registry.len() + self.elsewhere.len()
    }

    /// The crates among them, in a binary that rustc is known to have had a part in, or not.
    fn crates(mut self, is_rust: bool) -> Vec<CrateVersion> {
        if is_rust {
            self.of_a_registry.append(&mut self.elsewhere);
        }
        self.of_a_registry.into_iter().collect()
    }
}

/// Finds `name-1.2.3/src/`: the directory of a package as cargo unpacks or vendors it.
fn find_packages(data: &[u8], separator: u8, packages: &mut Packages) {
    let mark = [separator, b's', b'r', b'c', separator];
    for at in memmem::find_iter(data, &mark) {
        if packages.len() >= MOST_CRATES {
            return;
        }
        // A package's name is at most 64 bytes long, a version is shorter still; and so is the directory of an index.
        let before = data.get(at.saturating_sub(256)..at).unwrap_or_default();
        let mut parts = before.rsplit(|&byte| byte == separator);
        let (Some(directory), Some(above)) = (parts.next(), parts.next().map(|_| parts)) else {
            continue;
        };
        if let Some(found) = std::str::from_utf8(directory).ok().and_then(package) {
            if above.take(2).eq([&b"src"[..], b"registry"]) {
                packages.of_a_registry.insert(found);
            } else {
                packages.elsewhere.insert(found);
            }
        }
    }
}

/// Takes `pyo3-build-config-0.30.1` apart at the hyphen before the version.
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

/// Three numbers, and perhaps more after a `-` or `+` (Semantic Versioning).
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
    fn a_library_of_c_is_no_crate() {
        let found = |is_rust| {
            let mut packages = Packages::default();
            let data = b"\0/io/openjpeg-2.5.4/src/lib/j2k.c\0/root/.cargo/registry/src/index.example-1949cf8c6b5b557f/pyo3-0.30.1/src/err.rs\0";
            find_packages(data, b'/', &mut packages);
            let crates = packages.crates(is_rust).into_iter();
            crates.map(|found| found.name).collect::<Vec<_>>()
        };
        assert_eq!(found(false), ["pyo3"]);
        assert_eq!(found(true), ["openjpeg", "pyo3"]);
    }

    #[test]
    fn packages_are_taken_apart() {
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
