//! Small binaries, built in memory.
// Each test file uses some of them, and a file that can't be built fails the test.
#![allow(dead_code, unused_imports, clippy::unwrap_used)]

mod elf;
mod pe;
mod wasm;
mod wheel;

pub(crate) use elf::Elf;
pub(crate) use pe::{pe, pe_by_number};
pub(crate) use wasm::Wasm;
pub(crate) use wheel::{pack, record, wheel, wheel_with};

use object::write::{Object, StandardSegment, Symbol, SymbolSection};
use object::{
    Architecture, BinaryFormat, Endianness, SectionKind, SymbolFlags, SymbolKind, SymbolScope,
};

/// A Windows object file.
pub(crate) fn coff_object() -> Vec<u8> {
    let mut object = Object::new(BinaryFormat::Coff, Architecture::X86_64, Endianness::Little);
    add_function(&mut object, "f");
    object.write().unwrap()
}

fn add_function(object: &mut Object<'_>, name: &str) {
    let section = object.add_section(
        object.segment_name(StandardSegment::Text).to_vec(),
        b"__text".to_vec(),
        SectionKind::Text,
    );
    let value = object.append_section_data(section, &[0xc3], 1);
    object.add_symbol(Symbol {
        name: name.as_bytes().to_vec(),
        value,
        size: 1,
        kind: SymbolKind::Text,
        scope: SymbolScope::Dynamic,
        weak: false,
        section: SymbolSection::Section(section),
        flags: SymbolFlags::None,
    });
}

/// A Mach-O library: an object file whose header is changed to a bundle's, with a library to load inserted before its
/// other commands.
pub(crate) fn macho(architecture: Architecture, exports: &[&str], library: &str) -> Vec<u8> {
    let mut object = Object::new(BinaryFormat::MachO, architecture, Endianness::Little);
    for export in exports {
        add_function(&mut object, export);
    }
    object.add_symbol(Symbol {
        name: b"PyList_New".to_vec(),
        value: 0,
        size: 0,
        kind: SymbolKind::Text,
        scope: SymbolScope::Dynamic,
        weak: false,
        section: SymbolSection::Undefined,
        flags: SymbolFlags::None,
    });
    let plain = object.write().unwrap();
    // LC_LOAD_DYLIB: the command, its size, where the name starts, three versions, the name, padding.
    let mut name = library.as_bytes().to_vec();
    name.push(0);
    name.resize(name.len().next_multiple_of(8), 0);
    let mut command = Vec::new();
    let size = u32::try_from(24 + name.len()).unwrap();
    for word in [0xc_u32, size, 24, 0, 0, 0] {
        command.extend(word.to_le_bytes());
    }
    command.extend(name);
    shift_commands(&plain, &command)
}

/// A Mach-O library with the oldest macOS it was built for, and a signature.
pub(crate) fn for_macos(plain: &[u8], major: u16, minor: u8) -> Vec<u8> {
    // LC_CODE_SIGNATURE: the command, its size, the signature's offset and length.
    with_command(&for_apple(plain, 1, major, minor), &[0x1d, 16, 0, 8])
}

/// A Mach-O library for an Apple platform, by number, with the oldest version it was built for.
pub(crate) fn for_apple(plain: &[u8], platform: u32, major: u16, minor: u8) -> Vec<u8> {
    // LC_BUILD_VERSION: the command, its size, the platform, the oldest version, the SDK's, no tools.
    let version = u32::from(major) << 16 | u32::from(minor) << 8;
    with_command(plain, &[0x32, 24, platform, version, version, 0])
}

/// A Mach-O library with one more load command.
pub(crate) fn with_command(plain: &[u8], words: &[u32]) -> Vec<u8> {
    let command: Vec<u8> = words.iter().copied().flat_map(u32::to_le_bytes).collect();
    shift_commands(plain, &command)
}

/// Inserts a command after the header and shifts every file offset after it.
fn shift_commands(plain: &[u8], command: &[u8]) -> Vec<u8> {
    const HEADER: usize = 32;
    let word = |at: usize| u32::from_le_bytes(plain[at..at + 4].try_into().unwrap());
    let shift = u32::try_from(command.len()).unwrap();
    let mut bytes = plain.to_vec();
    let set = |bytes: &mut Vec<u8>, at: usize, value: u32| {
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
    };
    set(&mut bytes, 12, 8); // MH_BUNDLE
    set(&mut bytes, 16, word(16) + 1);
    set(&mut bytes, 20, word(20) + shift);
    let mut at = HEADER;
    for _ in 0..word(16) {
        match word(at) {
            // LC_SEGMENT_64: the file offset of the segment and of each section.
            0x19 => {
                set(&mut bytes, at + 40, word(at + 40) + shift);
                for section in 0..word(at + 64) {
                    let offset = at + 72 + 80 * section as usize + 48;
                    set(&mut bytes, offset, word(offset) + shift);
                }
            }
            // LC_SYMTAB: where the symbols and their names are.
            0x2 => {
                set(&mut bytes, at + 8, word(at + 8) + shift);
                set(&mut bytes, at + 16, word(at + 16) + shift);
            }
            _ => {}
        }
        at += word(at + 4) as usize;
    }
    bytes.splice(HEADER..HEADER, command.iter().copied());
    bytes
}

/// A universal file with these slices.
pub(crate) fn universal(slices: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for word in [0xcafe_babe_u32, u32::try_from(slices.len()).unwrap()] {
        bytes.extend(word.to_be_bytes());
    }
    let mut offset = 4096_u32;
    let mut places = Vec::new();
    for slice in slices {
        let size = u32::try_from(slice.len()).unwrap();
        // The header of a slice has its processor in the machine's own order.
        let processor = u32::from_le_bytes(slice[4..8].try_into().unwrap());
        for word in [processor, 0, offset, size, 12] {
            bytes.extend(word.to_be_bytes());
        }
        places.push(offset);
        offset = (offset + size).next_multiple_of(4096);
    }
    for (slice, place) in slices.iter().zip(places) {
        bytes.resize(place as usize, 0);
        bytes.extend_from_slice(slice);
    }
    bytes
}

/// An archive with these members.
pub(crate) fn archive_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = b"!<arch>\n".to_vec();
    for (name, data) in members {
        bytes.extend(
            format!(
                "{:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n",
                format!("{name}/"),
                0,
                0,
                0,
                644,
                data.len()
            )
            .bytes(),
        );
        bytes.extend_from_slice(data);
        if data.len() % 2 == 1 {
            bytes.push(b'\n');
        }
    }
    bytes
}
