//! Reads where a binary comes from: its sections, the names of compilers, and the paths that panics print.

use object::{Object, ObjectSection, SectionKind};

use crate::facts::{Provenance, Section};

use super::budget::Budget;
use super::constants::Constants;
use super::{ReadError, text};

/// Where compilers put their name in ELF files.
pub(super) const COMMENT: &[u8] = b".comment";

/// A binary's sections and origin.
pub(super) struct Origin {
    pub(super) sections: Vec<Section>,
    pub(super) provenance: Provenance,
}

/// Reads a binary of this size, and searches its constants unless that has already been done.
pub(super) fn read<'data>(
    file: &impl Object<'data>,
    length: usize,
    searched: Option<Constants>,
    budget: &mut Budget,
) -> Result<Origin, ReadError> {
    let needs_search = searched.is_none();
    let mut constants = searched.unwrap_or_default();
    let mut sections = Vec::new();
    let mut provenance = Provenance::default();
    // Sections may overlap in a hostile file; an honest one has no more constants than bytes.
    let (mut searchable, mut comments) = (length, length);
    for section in file.sections() {
        let name = section.name_bytes().unwrap_or_default();
        budget.spend("sections", name)?;
        sections.push(Section {
            name: text(name),
            size: section.size(),
            is_debug: is_debug(name),
        });
        let is_comment = name == COMMENT;
        let is_searched =
            needs_search && is_constant(section.kind()) && !is_never_constant_in_elf(name);
        if !is_comment && !is_searched {
            continue;
        }
        let Ok(data) = section.data() else {
            continue;
        };
        let left = if is_comment {
            &mut comments
        } else {
            &mut searchable
        };
        let Some(rest) = left.checked_sub(data.len()) else {
            continue;
        };
        *left = rest;
        if is_comment {
            provenance.tools = tools(data);
        } else {
            constants.search(data);
        }
    }
    provenance.rustc = provenance
        .tools
        .iter()
        .find_map(|tool| tool.strip_prefix("rustc version ")?.split(' ').next())
        .map(str::to_owned);
    let is_signed = provenance.rustc.is_some();
    (provenance.crates, provenance.rustc_commit) = constants.into_crates_and_commit(is_signed);
    Ok(Origin {
        sections,
        provenance,
    })
}

/// ELF sections that the `object` crate counts as constants because of their flags, but that never contain strings:
/// unwind tables, and relocated data.
pub(super) fn is_never_constant_in_elf(name: &[u8]) -> bool {
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

/// Where the linker puts constants; this includes Mach-O's `__const`, which the `object` crate calls data.
fn is_constant(kind: SectionKind) -> bool {
    matches!(
        kind,
        SectionKind::ReadOnlyData
            | SectionKind::ReadOnlyString
            | SectionKind::ReadOnlyDataWithRel
            | SectionKind::Data
    )
}

/// The names in `.comment`, without duplicates.
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
