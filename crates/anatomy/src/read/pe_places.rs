//! Resolves addresses in a PE file: as on Windows, into any section, no matter which one contains the table with the
//! address.
//!
//! Tools that repair wheels put new names wherever there's room, in any section's padding.

use object::pe::ImageSectionHeader;
use object::read::pe::{ImageNtHeaders, PeFile};
use object::{LittleEndian, Pod, pod};

/// Windows doesn't load an image with more sections.
const MOST_SECTIONS: usize = 96;

/// A section extends to the end of its last page.
const PAGE: u64 = 0x1000;

/// Maps addresses to data.
pub(super) struct Places<'data> {
    sections: Vec<(u32, &'data [u8])>,
}

impl<'data> Places<'data> {
    pub(super) fn of<Pe: ImageNtHeaders>(file: &PeFile<'data, Pe>) -> Self {
        let table = file.section_table();
        let sections = table
            .iter()
            .take(MOST_SECTIONS)
            .filter_map(|section| in_file(section, file.data()))
            .collect();
        Self { sections }
    }

    /// The data from an address to the end of its section.
    pub(super) fn at(&self, address: u32) -> Option<&'data [u8]> {
        self.sections.iter().find_map(|(start, data)| {
            let offset = usize::try_from(address.checked_sub(*start)?).ok()?;
            data.get(offset..).filter(|rest| !rest.is_empty())
        })
    }

    /// The zero-terminated string at an address.
    pub(super) fn text_at(&self, address: u32) -> Option<&'data [u8]> {
        let data = self.at(address)?;
        data.get(..memchr::memchr(0, data)?)
    }

    /// A table's entries, up to the first empty one, or the end of its section.
    pub(super) fn table<Entry: Pod>(
        &self,
        address: u32,
        is_last: impl Fn(&Entry) -> bool,
    ) -> impl Iterator<Item = &'data Entry> {
        let mut rest = self.at(address).unwrap_or_default();
        std::iter::from_fn(move || {
            let (entry, after) = pod::from_bytes::<Entry>(rest).ok()?;
            rest = after;
            (!is_last(entry)).then_some(entry)
        })
    }

    /// Where one of the image's directories starts; `None` if it doesn't exist.
    pub(super) fn directory<Pe: ImageNtHeaders>(
        file: &PeFile<'_, Pe>,
        which: usize,
    ) -> Option<u32> {
        let directories = file.data_directories();
        let address = directories.get(which)?.virtual_address.get(LittleEndian);
        (address != 0).then_some(address)
    }
}

/// A section's address, and the part of the file that's loaded there.
fn in_file<'data>(section: &ImageSectionHeader, file: &'data [u8]) -> Option<(u32, &'data [u8])> {
    let address = section.virtual_address.get(LittleEndian);
    let start = usize::try_from(section.pointer_to_raw_data.get(LittleEndian)).ok()?;
    let stored = u64::from(section.size_of_raw_data.get(LittleEndian));
    let loaded = match u64::from(section.virtual_size.get(LittleEndian)) {
        // Old linkers leave it out.
        0 => stored,
        size => size.next_multiple_of(PAGE),
    };
    let size = usize::try_from(stored.min(loaded)).ok()?;
    let end = start.checked_add(size)?.min(file.len());
    Some((address, file.get(start..end)?))
}
