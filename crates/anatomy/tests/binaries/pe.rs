//! Small DLLs: one section with an export and an import table.

/// Where the only section is loaded, and its offset in the file.
const ADDRESS: u32 = 0x1000;
const OFFSET: u32 = 0x400;

/// A DLL that exports and imports these functions.
pub(crate) fn pe(wide: bool, exports: &[&str], library: &str, imports: &[&str]) -> Vec<u8> {
    let imports: Vec<Asked<'_>> = imports.iter().map(|name| Asked::ByName(name)).collect();
    build(wide, exports, library, &imports)
}

/// A DLL that imports functions by number.
pub(crate) fn pe_by_number(
    wide: bool,
    exports: &[&str],
    library: &str,
    numbers: &[u16],
) -> Vec<u8> {
    let imports: Vec<Asked<'_>> = numbers.iter().copied().map(Asked::ByNumber).collect();
    build(wide, exports, library, &imports)
}

/// How a function is imported.
enum Asked<'name> {
    ByName(&'name str),
    ByNumber(u16),
}

fn build(wide: bool, exports: &[&str], library: &str, imports: &[Asked<'_>]) -> Vec<u8> {
    let mut section = vec![0_u8; 40 + 40];
    let export_size = 40;
    let here = |section: &Vec<u8>| ADDRESS + u32::try_from(section.len()).unwrap();
    let put = |section: &mut Vec<u8>, at: usize, value: u32| {
        section[at..at + 4].copy_from_slice(&value.to_le_bytes());
    };
    let string = |section: &mut Vec<u8>, text: &str| {
        let at = here(section);
        section.extend(text.bytes());
        section.push(0);
        section.resize(section.len().next_multiple_of(8), 0);
        at
    };
    let count = u32::try_from(exports.len()).unwrap();

    // The export directory and its three tables.
    let own_name = string(&mut section, "own.dll");
    let names: Vec<u32> = exports
        .iter()
        .map(|name| string(&mut section, name))
        .collect();
    let addresses = here(&section);
    (0..count).for_each(|_| section.extend(ADDRESS.to_le_bytes()));
    let pointers = here(&section);
    for name in names {
        section.extend(name.to_le_bytes());
    }
    let ordinals = here(&section);
    (0..count).for_each(|index| section.extend(u16::try_from(index).unwrap().to_le_bytes()));
    section.resize(section.len().next_multiple_of(8), 0);
    for (index, value) in [own_name, 1, count, count, addresses, pointers, ordinals]
        .into_iter()
        .enumerate()
    {
        put(&mut section, 12 + 4 * index, value);
    }

    // The import directory: one library, with functions by name or by number, as the highest bit shows.
    let by_number = if wide { 1_u64 << 63 } else { 1 << 31 };
    let library = string(&mut section, library);
    let hints: Vec<u64> = imports
        .iter()
        .map(|asked| match asked {
            Asked::ByName(name) => {
                let at = here(&section);
                section.extend([0, 0]);
                string(&mut section, name);
                u64::from(at)
            }
            Asked::ByNumber(number) => by_number | u64::from(*number),
        })
        .collect();
    let thunks = here(&section);
    for hint in hints.into_iter().chain([0]) {
        let size = if wide { 8 } else { 4 };
        section.extend(&hint.to_le_bytes()[..size]);
    }
    put(&mut section, export_size, thunks);
    put(&mut section, export_size + 12, library);
    put(&mut section, export_size + 16, thunks);
    section.resize(section.len().next_multiple_of(0x200), 0);
    with_headers(wide, &section)
}

fn with_headers(wide: bool, section: &[u8]) -> Vec<u8> {
    let mut file = b"MZ".to_vec();
    file.resize(0x3c, 0);
    file.extend(0x40_u32.to_le_bytes());
    file.extend(b"PE\0\0");
    let optional: u16 = if wide { 112 + 128 } else { 96 + 128 };
    let machine: u16 = if wide { 0x8664 } else { 0x14c };
    let size = u32::try_from(section.len()).unwrap();
    file.extend(machine.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend([0; 12]);
    file.extend(optional.to_le_bytes());
    file.extend(0x2002_u16.to_le_bytes());
    let start = file.len();
    let magic: u16 = if wide { 0x20b } else { 0x10b };
    file.extend(magic.to_le_bytes());
    file.resize(start + 28 - usize::from(wide) * 4, 0);
    if wide {
        file.extend(0x1_8000_0000_u64.to_le_bytes());
    } else {
        file.extend(0x1000_0000_u32.to_le_bytes());
    }
    file.extend(0x1000_u32.to_le_bytes());
    file.extend(0x200_u32.to_le_bytes());
    file.resize(start + usize::from(optional) - 128 - 4, 0);
    file.extend(16_u32.to_le_bytes());
    for (address, size) in [(ADDRESS, size), (ADDRESS + 40, 40)] {
        file.extend(address.to_le_bytes());
        file.extend(size.to_le_bytes());
    }
    file.resize(start + usize::from(optional), 0);
    file.extend(b".rdata\0\0");
    for word in [size, ADDRESS, size, OFFSET, 0, 0, 0, 0x4000_0040] {
        file.extend(word.to_le_bytes());
    }
    file.resize(OFFSET as usize, 0);
    file.extend_from_slice(section);
    file
}
