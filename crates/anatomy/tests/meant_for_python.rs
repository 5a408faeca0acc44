//! Which files are extensions at all: a file that Python should load but can't is reported, and one that others load is
//! left alone.
#![allow(clippy::unwrap_used)] // A binary that can't be read fails the test.

mod binaries;

use binaries::{Elf, archive_of, coff_object, pe, wheel};
use wr_anatomy::facts::{Kind, Platform};
use wr_anatomy::wheel::inspect_wheel;
use wr_anatomy::{Expectation, inspect};

const LINUX: &str = "fast-1.0-cp39-abi3-manylinux_2_17_x86_64.whl";

fn in_wheel(name: &str, files: &[(&str, &[u8])]) -> Vec<String> {
    let inspection = inspect_wheel(&wheel(name, files), name).unwrap();
    let found = inspection.diagnostics.iter();
    found.map(|finding| finding.code.to_string()).collect()
}

fn alone(file: &str, bytes: &[u8]) -> Vec<String> {
    let inspection = inspect(bytes, &Expectation::new().file_name(file)).unwrap();
    let found = inspection.diagnostics.iter();
    found.map(|finding| finding.code.to_string()).collect()
}

fn library() -> Elf {
    Elf::default().needs("libc.so.6")
}

#[test]
fn an_extension_without_an_init_function_is_found_in_a_wheel() {
    let doorless = library().import("PyList_New").build();
    let healthy = library().import("PyList_New").export("PyInit_fast").build();
    for file in ["fast.abi3.so", "fast.so"] {
        assert_eq!(in_wheel(LINUX, &[(file, &doorless)]), ["WR0102"], "{file}");
        assert_eq!(in_wheel(LINUX, &[(file, &healthy)]), [""; 0], "{file}");
    }
}

#[test]
fn a_library_for_ctypes_needs_no_init_function() {
    let plain = library().export("sha256_update").build();
    assert_eq!(alone("_sha256.abi3.so", &plain), [""; 0]);
    assert_eq!(in_wheel(LINUX, &[("_sha256.abi3.so", &plain)]), [""; 0]);
}

#[test]
fn an_unreadable_file_is_not_an_extension() {
    let healthy = library().export("PyInit_fast").build();
    let cut_off = healthy.get(..healthy.len() / 2).unwrap();
    for damaged in [cut_off, b"<!DOCTYPE html><html>404</html>"] {
        assert_eq!(in_wheel(LINUX, &[("fast.abi3.so", damaged)]), ["WR0104"]);
        // A linker script.
        assert_eq!(in_wheel(LINUX, &[("libfast.so", damaged)]), [""; 0]);
    }
}

#[test]
fn a_twin_for_one_version_promises_nothing_to_others() {
    let stable = library().import("PyList_New").export("PyInit_fast").build();
    let own = library()
        .import("PyUnicode_New")
        .export("PyInit_fast")
        .build();
    let twin = "fast.cpython-312-x86_64-linux-gnu.so";
    assert_eq!(
        in_wheel(LINUX, &[("fast.abi3.so", &stable), (twin, &own)]),
        [""; 0]
    );
    assert_eq!(in_wheel(LINUX, &[("fast.abi3.so", &own)]), ["WR0108"]);
}

#[test]
fn windows_has_no_suffix_for_the_stable_abi() {
    let bytes = pe(true, &["PyInit_fast"], "python3.dll", &["PyList_New"]);
    assert_eq!(alone("fast.abi3.pyd", &bytes), ["WR0107"]);
    assert_eq!(alone("fast.pyd", &bytes), [""; 0]);
}

#[test]
fn musl_calls_itself_libc_so() {
    let platform = |library: &str| {
        let bytes = Elf::default().export("PyInit_fast").needs(library).build();
        let facts = inspect(&bytes, &Expectation::new()).unwrap().facts;
        facts.images.first().unwrap().platform
    };
    assert_eq!(platform("libc.so"), Platform::LinuxMusl);
    assert_eq!(platform("libc.so.6"), Platform::LinuxGnu);
    assert_eq!(platform("libc.so.7"), Platform::Unknown);
}

#[test]
fn a_binary_linked_with_one_version_has_no_oldest_python() {
    let oldest = |library: &str| {
        let elf = Elf::default().export("PyInit_fast").import("PyList_New");
        let bytes = elf.needs(library).build();
        let facts = inspect(&bytes, &Expectation::new()).unwrap().facts;
        facts.images.first().unwrap().oldest_python()
    };
    assert_eq!(oldest("libpython3.12.so.1.0"), None);
    assert!(oldest("libpython3.so").is_some());
}

#[test]
fn a_core_dump_is_never_an_extension() {
    let mut bytes = library().export("PyInit_fast").build();
    // `e_type`, which is ET_CORE now.
    bytes[16] = 4;
    let facts = inspect(&bytes, &Expectation::new()).unwrap().facts;
    assert_eq!(facts.kind, Kind::Other);
    assert_eq!(alone("fast.abi3.so", &bytes), ["WR0104"]);
    assert_eq!(alone("core", &bytes), [""; 0]);
}

#[test]
fn files_not_named_like_extensions_are_fine() {
    let program = Elf::default().executable().needs("libc.so.6").build();
    let object = coff_object();
    let archive = archive_of(&[("a.o", b"xx")]);
    for (bytes, own_name) in [
        (&program, "serve"),
        (&program, "serve.exe"),
        (&program, "libserve.so"),
        (&object, "fast.obj"),
        (&archive, "libm.a"),
    ] {
        assert_eq!(alone(own_name, bytes), [""; 0], "{own_name}");
        assert_eq!(alone("fast.so", bytes), ["WR0104"], "{own_name}");
    }
    // The output of a crate without a `crate-type` counts as an extension.
    let rlib = archive_of(&[("lib.rmeta", b"rust")]);
    assert_eq!(alone("libfast.rlib", &rlib), ["WR0104"]);
    // A library that others link with, and one that a program loads by path.
    let plain = library().export("compress").build();
    for name in ["libz.so.1", "plugin.dylib", "codec.dll", "codec.so"] {
        assert_eq!(alone(name, &plain), [""; 0], "{name}");
    }
}

#[test]
fn pyinit_next_to_pymodexport_keeps_abi3t() {
    let may_be = |doors: &[&str]| {
        let elf = library().import("PyList_New");
        let elf = doors.iter().fold(elf, |elf, door| elf.export(door));
        let facts = inspect(&elf.build(), &Expectation::new()).unwrap().facts;
        facts.images.first().unwrap().may_be_abi3t()
    };
    assert!(may_be(&["PyModExport_fast"]));
    assert!(may_be(&["PyInit_fast", "PyModExport_fast"]));
    assert!(!may_be(&["PyInit_fast"]));
    // Another module only has the old one.
    assert!(!may_be(&["PyInit_fast", "PyModExport_fast", "PyInit_slow"]));
    assert!(!may_be(&["PyModExport_fast", "PyInit_slow"]));
    assert!(!may_be(&[]));
}
