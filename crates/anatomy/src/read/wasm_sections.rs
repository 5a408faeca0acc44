//! The sections of a WebAssembly module (core specification, "Modules" in the binary format).

use wasmparser::{BinaryReader, BinaryReaderError};

use crate::facts::Format;

use super::budget::Budget;
use super::{LooksLike, ReadError};

/// How every module starts; a component has a different number after the same four bytes.
const MAGIC: &[u8] = b"\0asm";
const MODULE: [u8; 4] = [1, 0, 0, 0];
const HEADER: u64 = 8;

/// The number of custom sections.
const CUSTOM: u8 = 0;

/// The names of the others, in number order.
const NAMES: [&str; 14] = [
    "custom",
    "type",
    "import",
    "function",
    "table",
    "memory",
    "global",
    "export",
    "start",
    "element",
    "code",
    "data",
    "data count",
    "tag",
];

/// A part of a module.
pub(super) struct Section<'data> {
    /// Its name; for most kinds, the one in the specification.
    pub(super) name: &'data str,
    /// Whether it's a custom section: only tools depend on those.
    pub(super) is_custom: bool,
    /// Its contents, after its name.
    pub(super) content: &'data [u8],
    /// The contents' offset in the file.
    pub(super) offset: u64,
    /// Its size in bytes, including its name.
    pub(super) size: u64,
}

impl<'data> Section<'data> {
    /// A reader for its contents.
    pub(super) fn reader(&self) -> BinaryReader<'data> {
        BinaryReader::new(self.content, self.offset)
    }
}

pub(super) fn is_wasm(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Splits a module into sections without reading their contents.
pub(super) fn read<'data>(
    bytes: &'data [u8],
    budget: &mut Budget,
) -> Result<Vec<Section<'data>>, ReadError> {
    let found = bytes.len() as u64;
    let truncated = |announced: u64| ReadError::Truncated {
        format: Format::Wasm,
        announced,
        found,
    };
    let Some((header, rest)) = bytes.split_first_chunk::<8>() else {
        return Err(truncated(HEADER));
    };
    if !header.ends_with(&MODULE) {
        return Err(ReadError::NotABinary(LooksLike::WebAssembly));
    }
    let mut reader = BinaryReader::new(rest, HEADER);
    let mut sections = Vec::new();
    while !reader.eof() {
        let start = reader.original_position();
        // The number and the size take at least two bytes.
        let (Ok(id), Ok(size)) = (reader.read_u8(), reader.read_var_u32()) else {
            let is_cut_off = found.saturating_sub(start) < 6;
            return Err(if is_cut_off {
                truncated(found.saturating_add(1))
            } else {
                malformed("the size of a section isn't a number")
            });
        };
        let offset = reader.original_position();
        let end = offset.saturating_add(u64::from(size));
        if end > found {
            return Err(truncated(end));
        }
        let content = reader
            .read_bytes(usize::try_from(size).unwrap_or(usize::MAX))
            .map_err(damaged)?;
        let section = if id == CUSTOM {
            custom(content, offset)?
        } else {
            Section {
                name: NAMES
                    .get(usize::from(id))
                    .copied()
                    .ok_or_else(|| malformed("a section has an unknown kind"))?,
                is_custom: false,
                content,
                offset,
                size: size.into(),
            }
        };
        budget.spend("sections", section.name.as_bytes())?;
        sections.push(section);
    }
    Ok(sections)
}

fn custom(content: &[u8], offset: u64) -> Result<Section<'_>, ReadError> {
    let mut reader = BinaryReader::new(content, offset);
    let name = reader.read_string().map_err(damaged)?;
    let at = reader.original_position();
    let rest = reader
        .read_bytes(reader.bytes_remaining())
        .map_err(damaged)?;
    Ok(Section {
        name,
        is_custom: true,
        content: rest,
        offset: at,
        size: content.len() as u64,
    })
}

/// A section that contradicts the specification.
#[allow(clippy::needless_pass_by_value, reason = "it's given to `map_err`")]
pub(super) fn damaged(error: BinaryReaderError) -> ReadError {
    ReadError::Malformed {
        format: Format::Wasm,
        reason: format!("{} at byte {}", error.message(), error.offset()),
    }
}

fn malformed(reason: &str) -> ReadError {
    ReadError::Malformed {
        format: Format::Wasm,
        reason: reason.to_owned(),
    }
}
