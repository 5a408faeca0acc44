//! The functions of the GNU C library that exist in several versions, each with its oldest one on x86-64.
//!
//! Zig has a list of all symbols in all versions, and publishes it in the package `ziglang`. On other architectures
//! nothing is older than the library's port to them, which `anatomy` takes into account.

use std::io;

use super::packages::{Scratch, version_of};

/// Reads Zig's list, a packed table: names of libraries, versions and targets, then for each symbol its targets as bits, its
/// library and its versions. Prints `symbol oldest-version` for each symbol with several.
const PROGRAM: &str = r#"
import sys, zipfile
data = zipfile.ZipFile(sys.argv[1]).read("ziglang/lib/libc/glibc/abilists")
place = 0
def byte():
    global place
    place += 1
    return data[place - 1]
def text():
    global place
    end = data.index(0, place)
    found = data[place:end].decode()
    place = end + 1
    return found
def leb128():
    number = shift = 0
    while True:
        part = byte()
        number |= (part & 0x7F) << shift
        shift += 7
        if part < 0x80:
            return number
libraries = [text() for _ in range(byte())]
versions = [(byte(), byte(), byte()) for _ in range(byte())]
target = [text() for _ in range(byte())].index("x86_64-linux-gnu")
known = {}
for is_data in (False, True, True):
    name = None
    for _ in range(byte() | byte() << 8):
        name = name or text()
        targets = leb128()
        if is_data:
            leb128()
        library = byte()
        while True:
            version = byte()
            if targets >> target & 1:
                known.setdefault(name, set()).add(versions[version & 0x7F])
            if version >= 0x80:
                break
        if library >= 0x80:
            name = None
assert place == len(data), "the list has another form now"
for name, found in sorted(known.items()):
    if len(found) > 1:
        major, minor, patch = min(found)
        print(name, f"{major}.{minor}" + (f".{patch}" if patch else ""))
"#;

pub(super) fn table(scratch: &Scratch) -> io::Result<String> {
    let wheel = scratch.wheel("ziglang")?;
    let rows = scratch.python(&wheel, PROGRAM)?;
    Ok(format!(
        "# Functions of the GNU C library that exist in several versions, with the oldest one on x86-64.\n\
         # Written by `cargo xtask tables`; do not edit.\n\
         # source: the lists of symbols that Zig collects from glibc, as published in the Python package ziglang (MIT)\n\
         # version: ziglang {}\n\
         {rows}",
        version_of(&wheel)
    ))
}
