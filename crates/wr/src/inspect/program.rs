//! Programs that a distribution installs: machine code like its extensions, but not imported by Python.

use std::io::Read;
use std::path::{Path, PathBuf};

use environments::Distribution;

use super::bytes;
use super::disk::Disk;

/// How program files start: ELF, PE, and Mach-O in both byte orders and for several architectures.
const BEGINNINGS: [&[u8]; 5] = [
    b"\x7fELF",
    b"MZ",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
];

/// The machine code programs that a distribution lists, sorted, without scripts.
pub(super) fn of(one: &Distribution) -> Vec<PathBuf> {
    let mut found = one.possible_programs(&Disk);
    found.retain(|path| is_machine_code(path));
    found.sort();
    found
}

fn is_machine_code(path: &Path) -> bool {
    let Ok((mut file, _)) = bytes::open(path) else {
        return false;
    };
    let mut beginning = [0; 4];
    file.read_exact(&mut beginning).is_ok()
        && BEGINNINGS.iter().any(|known| beginning.starts_with(known))
}
