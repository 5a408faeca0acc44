//! Every format, width and byte order is read.
#![allow(clippy::unwrap_used)] // Anything that can't be read fails the test.

mod binaries;

use binaries::{Elf, macho, pe, universal};
use wr_anatomy::facts::{Architecture, Format, Kind};
use wr_anatomy::{Expectation, inspect};

fn codes(bytes: &[u8], expected: &Expectation) -> Vec<String> {
    inspect(bytes, expected)
        .unwrap()
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.to_string())
        .collect()
}

fn module(name: &str) -> Expectation {
    Expectation::new().module(name.parse().unwrap())
}

#[test]
fn every_width_and_byte_order_is_read() {
    for (wide, little) in [(true, true), (true, false), (false, true), (false, false)] {
        let bytes = Elf::default()
            .shape(wide, little)
            .export("PyInit_fast")
            .import("PyList_New")
            .needs("libpython3.12.so.1.0")
            .build();
        let inspection = inspect(&bytes, &module("fast")).unwrap();
        let image = &inspection.facts.images[0];
        assert_eq!(image.pointer_width, if wide { 64 } else { 32 });
        assert_eq!(image.imports[0].name, "PyList_New");
        assert_eq!(image.libpython().unwrap().name, "libpython3.12.so.1.0");
        assert_eq!(inspection.diagnostics[0].code.as_str(), "WR0103");
    }
}

#[test]
fn mach_o_alone_and_universal() {
    let intel = macho(
        object::Architecture::X86_64,
        &["PyInit_fast"],
        "/usr/lib/libSystem.B.dylib",
    );
    let arm = macho(
        object::Architecture::Aarch64,
        &["PyInit_fast"],
        "@rpath/libpython3.12.dylib",
    );
    let inspection = inspect(&intel, &module("fast")).unwrap();
    assert_eq!(inspection.facts.format, Format::MachO);
    assert_eq!(inspection.facts.kind, Kind::SharedLibrary);
    assert_eq!(inspection.facts.images[0].imports[0].name, "PyList_New");
    assert_eq!(inspection.diagnostics, []);
    assert_eq!(codes(&arm, &module("fast")), ["WR0103"]);
    assert_eq!(codes(&intel, &module("slow")), ["WR0101"]);

    let both = universal(&[&intel, &arm]);
    let inspection = inspect(&both, &module("fast").architecture(Architecture::Aarch64)).unwrap();
    assert_eq!(inspection.facts.format, Format::UniversalMachO);
    assert_eq!(inspection.facts.images.len(), 2);
    assert_eq!(
        codes(&both, &module("fast").architecture(Architecture::X86)),
        ["WR0105"]
    );
}

#[test]
fn pe_with_exports_and_imports() {
    for wide in [true, false] {
        let bytes = pe(wide, &["PyInit_fast"], "python312.dll", &["PyList_New"]);
        let expected = Expectation::new().file_name("fast.cp312-win_amd64.pyd");
        let inspection = inspect(&bytes, &expected).unwrap();
        let image = &inspection.facts.images[0];
        assert_eq!(image.init_functions[0].symbol, "PyInit_fast");
        assert_eq!(image.imports[0].library.as_deref(), Some("python312.dll"));
        assert_eq!(image.pointer_width, if wide { 64 } else { 32 });
        assert_eq!(inspection.diagnostics, []);
        assert_eq!(codes(&bytes, &module("slow")), ["WR0101"]);
    }
}

#[test]
fn facts_serialize_to_json() {
    let bytes = Elf::default()
        .export("PyInit_fast")
        .import("PyList_New")
        .build();
    let inspection = inspect(&bytes, &module("fast")).unwrap();
    let json = serde_json::to_value(&inspection).unwrap();
    assert_eq!(json["facts"]["format"], "elf");
    assert_eq!(
        json["facts"]["images"][0]["init_functions"][0]["module"],
        "fast"
    );
}

#[test]
fn where_it_comes_from() {
    let paths =
        b"xx/home/me/.cargo/registry/src/some-index-0123/pyo3-0.30.1/src/impl_/trampoline.rs\0\
                  /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/option.rs\0\
                  C:\\vendor\\serde_json-1.0.154\\src\\de.rs";
    let bytes = Elf::default()
        .export("PyInit_fast")
        .constants(".rodata", paths)
        .section(
            ".comment",
            b"rustc version 1.95.0 (59807616e 2026-04-14)\0GCC: 12\0",
        )
        .section(".debug_info", b"1234")
        .build();
    let image = &inspect(&bytes, &module("fast")).unwrap().facts.images[0];
    assert_eq!(image.provenance.pyo3(), Some("0.30.1"));
    assert_eq!(image.provenance.rustc.as_deref(), Some("1.95.0"));
    assert!(
        image
            .provenance
            .rustc_commit
            .as_ref()
            .unwrap()
            .starts_with("59807616e")
    );
    let names: Vec<&str> = image
        .provenance
        .crates
        .iter()
        .map(|found| found.name.as_str())
        .collect();
    assert_eq!(names, ["pyo3", "serde_json"]);
    assert!(image.has_debug_info());
    assert_eq!(image.is_stripped, Some(true));
}

#[test]
fn an_address_resolves_to_the_section_that_contains_it() {
    for wide in [true, false] {
        let mut bytes = pe(wide, &["PyInit_fast"], "python3.dll", &["PyList_New"]);
        let word = |value: u32| value.to_le_bytes();
        // A second section, whose last page has room for a name: that's where tools that repair wheels put a library's
        // new name.
        let header = 0x40 + 24 + 96 + 128 + 16 * usize::from(wide) + 40;
        let place = u32::try_from(bytes.len()).unwrap();
        bytes[header..header + 8].copy_from_slice(b".pdata\0\0");
        for (at, value) in [4, 0x5000, 0x200, place, 0, 0, 0, 0x4000_0040]
            .into_iter()
            .enumerate()
        {
            bytes[header + 8 + 4 * at..][..4].copy_from_slice(&word(value));
        }
        bytes[0x46] = 2;
        bytes.resize(bytes.len() + 0x200, 0);
        bytes[place as usize + 16..][..12].copy_from_slice(b"python39.dll");
        let descriptor = 0x400 + 40;
        bytes[descriptor + 12..][..4].copy_from_slice(&word(0x5010));
        let facts = inspect(&bytes, &Expectation::new()).unwrap().facts;
        let image = &facts.images[0];
        assert_eq!(image.libraries[0].name, "python39.dll");
        assert_eq!(image.imports[0].name, "PyList_New");
        // An address that leads nowhere counts as damage.
        bytes[descriptor + 12..][..4].copy_from_slice(&word(0x9000));
        let damaged = inspect(&bytes, &Expectation::new())
            .unwrap_err()
            .to_string();
        assert!(damaged.contains("its sections don't contain"), "{damaged}");
    }
}

#[test]
fn symbols_of_other_libraries_are_not_pythons() {
    let bytes = pe(
        true,
        &["PyInit_fast"],
        "shiboken6.abi3.dll",
        &["PyRun_String"],
    );
    let image = &inspect(&bytes, &Expectation::new()).unwrap().facts.images[0];
    assert_eq!(image.imports[0].name, "PyRun_String");
    assert_eq!(image.python_api.symbols, []);
}
