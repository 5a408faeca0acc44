//! Universal Mach-O files: several binaries in one, each read separately.

use object::FileKind;
use object::read::macho::{FatArch, MachOFatFile};

use crate::facts::{Facts, Format, Image, Kind};

use super::budget::Budget;
use super::{ReadError, malformed, read_image};

/// No system has more architectures; the number in the header can't be trusted.
const MOST_SLICES: usize = 16;

pub(super) fn read(bytes: &[u8], kind: FileKind, budget: &mut Budget) -> Result<Facts, ReadError> {
    let images = if kind == FileKind::MachOFat32 {
        slices::<object::macho::FatArch32>(bytes, budget)?
    } else {
        slices::<object::macho::FatArch64>(bytes, budget)?
    };
    let kind = match images.split_first() {
        Some((first, rest)) if rest.iter().all(|image| image.kind == first.kind) => first.kind,
        _ => Kind::Other,
    };
    Ok(Facts {
        format: Format::UniversalMachO,
        kind,
        size: bytes.len() as u64,
        images,
    })
}

fn slices<Fat: FatArch>(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Image>, ReadError> {
    let format = Format::UniversalMachO;
    let fat = MachOFatFile::<Fat>::parse(bytes).map_err(malformed(format))?;
    if fat.arches().len() > MOST_SLICES {
        return Err(ReadError::TooMuch {
            what: "architectures",
            limit: MOST_SLICES as u64,
        });
    }
    let mut places: Vec<(u64, u64)> = fat.arches().iter().map(FatArch::file_range).collect();
    places.sort_unstable();
    let overlap = |pair: &[(u64, u64)]| matches!(pair, [(start, size), (next, _)] if start.saturating_add(*size) > *next);
    if places.windows(2).any(overlap) {
        return Err(ReadError::Malformed {
            format,
            reason: "its parts overlap".to_owned(),
        });
    }
    let mut images = Vec::new();
    for slice in fat.arches() {
        let (offset, size) = slice.file_range();
        let Ok(data) = slice.data(bytes) else {
            return Err(ReadError::Truncated {
                format,
                announced: offset.saturating_add(size),
                found: bytes.len() as u64,
            });
        };
        // A slice may also be a static library, which isn't a loadable image.
        match FileKind::parse(data) {
            Ok(kind @ (FileKind::MachO32 | FileKind::MachO64)) => {
                images.push(read_image(data, kind, budget)?);
            }
            _ => {
                return Err(ReadError::Malformed {
                    format,
                    reason: "one of its parts isn't a Mach-O binary".to_owned(),
                });
            }
        }
    }
    Ok(images)
}
