//! What an ELF file's headers say about its protections, and how its segments are aligned.

use object::read::elf::{Dyn, ElfFile, FileHeader, ProgramHeader};
use object::{Architecture, Endianness, Object, elf};

use crate::facts::{Hardening, Relro};

/// What the dynamic table says about when the loader binds symbols and what it modifies.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Loading {
    bind_now: bool,
    text_relocations: bool,
}

impl Loading {
    /// Records an entry in the dynamic table.
    pub(super) fn note<Entry: Dyn<Endian = Endianness>>(
        &mut self,
        entry: &Entry,
        endian: Endianness,
    ) {
        let value = entry.val(endian);
        match entry.d_tag(endian) {
            elf::DT_BIND_NOW => self.bind_now = true,
            elf::DT_TEXTREL => self.text_relocations = true,
            elf::DT_FLAGS => {
                self.bind_now |= value & elf::DF_BIND_NOW.0 != 0;
                self.text_relocations |= value & elf::DF_TEXTREL.0 != 0;
            }
            elf::DT_FLAGS_1 => self.bind_now |= value & elf::DF_1_NOW.0 != 0,
            _ => {}
        }
    }
}

/// The protections of a loaded library or program.
pub(super) fn read<Elf>(file: &ElfFile<'_, Elf>, loading: Loading, is_program: bool) -> Hardening
where
    Elf: FileHeader<Endian = Endianness>,
{
    let endian = file.endian();
    let has = |kind: elf::ProgramType| {
        file.elf_program_headers()
            .iter()
            .any(|segment| segment.p_type(endian) == kind)
    };
    // Nothing is known about a file that isn't loaded at all.
    if !has(elf::PT_LOAD) {
        return Hardening::default();
    }
    let relro = match (has(elf::PT_GNU_RELRO), loading.bind_now) {
        (false, _) => Relro::None,
        (true, false) => Relro::Partial,
        (true, true) => Relro::Full,
    };
    Hardening {
        executable_stack: executable_stack(file),
        relro: Some(relro),
        bind_now: Some(loading.bind_now),
        text_relocations: Some(loading.text_relocations),
        position_independent: is_program.then(|| file.elf_header().e_type(endian) == elf::ET_DYN),
        ..Hardening::default()
    }
}

/// Without a stack header, glibc decides by processor (`DEFAULT_STACK_PERMS` in its `stackinfo.h`); if code doesn't run
/// on the stack there, or that's unknown, the result is `None`.
fn executable_stack<Elf>(file: &ElfFile<'_, Elf>) -> Option<bool>
where
    Elf: FileHeader<Endian = Endianness>,
{
    let endian = file.endian();
    let header = file
        .elf_program_headers()
        .iter()
        .find(|segment| segment.p_type(endian) == elf::PT_GNU_STACK);
    match header {
        Some(header) => Some(header.p_flags(endian).contains(elf::PF_X)),
        None => matches!(
            file.architecture(),
            Architecture::I386 | Architecture::X86_64 | Architecture::Arm
        )
        .then_some(true),
    }
}

/// The smallest alignment of a loaded segment: the system's pages must not be larger.
pub(super) fn alignment<Elf>(file: &ElfFile<'_, Elf>) -> Option<u64>
where
    Elf: FileHeader<Endian = Endianness>,
{
    let endian = file.endian();
    file.elf_program_headers()
        .iter()
        .filter(|segment| segment.p_type(endian) == elf::PT_LOAD)
        .map(|segment| segment.p_align(endian).into())
        .min()
}
