//! The symbols of CPython's stable ABI, each with the version that added it.
//!
//! They come from the package `abi3info`, whose own source is CPython's `Misc/stable_abi.toml`.

use std::io;

use super::packages::{Scratch, version_of};

/// Prints `symbol version kind [condition] [abi-only]`, sorted by symbol, and the structures whose layout is fixed by
/// `abi3` but not by `abi3t`, the stable ABI of free-threaded Pythons (PEP 803). Both have the same symbols.
const PROGRAM: &str = r#"
import abi3info
rows = []
for kind, items in (("function", abi3info.FUNCTIONS), ("data", abi3info.DATAS)):
    for item in items.values():
        row = [item.symbol.name, str(item.added), kind]
        if item.ifdef is not None:
            row.append("if:" + item.ifdef.name)
        if item.abi_only:
            row.append("abi-only")
        rows.append(row)
for item in abi3info.STRUCTS.values():
    is_partial = isinstance(item, abi3info.models.PartialStruct)
    if is_partial or getattr(item, "abi3t_opaque", False):
        rows.append([item.name, str(item.added), "struct", "opaque-in-abi3t"])
for row in sorted(rows):
    print(*row)
"#;

pub(super) fn table(scratch: &Scratch) -> io::Result<String> {
    let wheel = scratch.wheel("abi3info")?;
    let rows = scratch.python(&wheel, PROGRAM)?;
    Ok(format!(
        "# The symbols of CPython's stable ABI: symbol, version that added it, kind, conditions; and the\n\
         # structures that are opaque in abi3t (PEP 803).\n\
         # Written by `cargo xtask tables`; do not edit.\n\
         # source: Misc/stable_abi.toml of CPython, as published in the Python package abi3info (MIT)\n\
         # version: abi3info {}\n\
         {rows}",
        version_of(&wheel)
    ))
}
