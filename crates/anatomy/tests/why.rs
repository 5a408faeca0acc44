//! Why a binary needs what it needs: its minimum versions, and its size.
#![allow(clippy::unwrap_used)] // A binary that can't be read fails the test.

mod binaries;

use binaries::{Elf, macho, pe, universal};
use object::write::{Object, StandardSection, Symbol, SymbolSection};
use object::{Architecture, BinaryFormat, Endianness, SymbolFlags, SymbolKind, SymbolScope};
use wr_anatomy::facts::Image;
use wr_anatomy::why::{
    Binding, Cause, Goal, Naming, PartKind, binding, glibc_floor, python_floor, sizes,
};
use wr_anatomy::{Expectation, inspect};

fn image(bytes: &[u8]) -> Image {
    let facts = inspect(bytes, &Expectation::new()).unwrap().facts;
    facts.images.into_iter().next().unwrap()
}

fn names(need: &wr_anatomy::why::GlibcNeed) -> Vec<&str> {
    need.symbols.iter().map(|one| one.name.as_str()).collect()
}

#[test]
fn the_newest_glibc_comes_first_with_its_symbols() {
    let bytes = Elf::default()
        .export("PyInit_fast")
        .versioned("libc.so.6", "pthread_create", "GLIBC_2.34")
        .versioned("libc.so.6", "dlsym", "GLIBC_2.34")
        .versioned("libc.so.6", "stat64", "GLIBC_2.33")
        .versioned("libc.so.6", "getrandom", "GLIBC_2.25")
        .versioned("libc.so.6", "memcpy", "GLIBC_2.14")
        .versioned("libc.so.6", "malloc", "GLIBC_2.2.5")
        .build();
    let floor = glibc_floor(&image(&bytes)).unwrap();
    assert_eq!(floor.floor.to_string(), "2.34");
    let versions: Vec<String> = floor
        .needs
        .iter()
        .map(|one| one.version.to_string())
        .collect();
    assert_eq!(versions, ["2.34", "2.33", "2.25", "2.14", "2.2.5"]);
    assert_eq!(names(&floor.needs[0]), ["dlsym", "pthread_create"]);
    assert!(matches!(
        floor.needs[0].symbols[0].cause,
        Cause::Relink { .. }
    ));
    assert!(matches!(
        floor.needs[1].symbols[0].cause,
        Cause::ToolChain { .. }
    ));
    assert_eq!(floor.needs[2].symbols[0].cause, Cause::New);
    assert_eq!(floor.needs[4].symbols[0].cause, Cause::First);
    // `getrandom` is what remains when the rest is linked against an older one.
    assert_eq!(floor.relinked.unwrap().to_string(), "2.25");
}

#[test]
fn new_functions_remain_after_relinking() {
    let bytes = Elf::default()
        .export("PyInit_fast")
        .versioned("libc.so.6", "strlcpy", "GLIBC_2.38")
        .build();
    assert_eq!(glibc_floor(&image(&bytes)).unwrap().relinked, None);
    let none = Elf::default().export("PyInit_fast").build();
    assert_eq!(glibc_floor(&image(&none)), None);
}

fn floor(bytes: &[u8], goal: &str) -> wr_anatomy::why::PythonFloor {
    let image = image(bytes);
    python_floor(&image, Goal::parse(goal).unwrap(), binding(bytes, &image))
}

#[test]
fn symbols_outside_the_goal_are_obstacles_with_replacements() {
    let bytes = Elf::default()
        .export("PyInit_fast")
        .import("PyList_New")
        .import("PyUnicode_AsUTF8")
        .import("_PyLong_Sign")
        .import("PyObject_Vectorcall")
        .build();
    let any = floor(&bytes, "abi3");
    let symbols: Vec<&str> = any
        .obstacles
        .iter()
        .map(|one| one.symbol.as_str())
        .collect();
    assert_eq!(symbols, ["PyUnicode_AsUTF8", "_PyLong_Sign"]);
    assert!(
        any.obstacles[0]
            .replacement
            .unwrap()
            .contains("PyUnicode_AsUTF8AndSize")
    );
    assert_eq!(any.without_obstacles.unwrap().to_string(), "3.12");
    assert!(!any.is_reached());
    let old = floor(&bytes, "3.9");
    assert_eq!(old.obstacles.len(), 3);
    assert!(
        old.obstacles[2]
            .replacement
            .unwrap()
            .contains("PyObject_Call")
    );
    // What 3.10 added doesn't replace anything for 3.9.
    assert!(
        old.obstacles[0]
            .replacement
            .unwrap()
            .contains("AsUTF8String")
    );
}

#[test]
fn a_binary_within_the_goal_has_no_obstacles() {
    let bytes = Elf::default()
        .export("PyInit_fast")
        .import("PyList_New")
        .build();
    assert!(floor(&bytes, "abi3").is_reached());
    assert!(floor(&bytes, "3.9").is_reached());
    // The structure that the init function returns has no known layout in abi3t.
    let free = floor(&bytes, "abi3t");
    assert_eq!(free.obstacles, []);
    assert_eq!(free.init_functions, ["PyInit_fast"]);
    let both = Elf::default()
        .export("PyInit_fast")
        .export("PyModExport_fast")
        .import("PyList_New")
        .build();
    assert!(floor(&both, "abi3t").is_reached());
    assert!(floor(&both, "3.11").is_reached());
    let only_export = Elf::default()
        .export("PyModExport_fast")
        .import("PyList_New")
        .build();
    assert_eq!(
        floor(&only_export, "3.11").init_functions,
        ["PyModExport_fast"]
    );
}

#[test]
fn a_library_of_one_version_is_an_obstacle() {
    let one = pe(true, &["PyInit_fast"], "python312.dll", &["PyList_New"]);
    assert_eq!(
        floor(&one, "abi3").library_of_one_version.as_deref(),
        Some("python312.dll")
    );
    let stable = pe(true, &["PyInit_fast"], "python3.dll", &["PyList_New"]);
    assert_eq!(floor(&stable, "abi3").library_of_one_version, None);
}

#[test]
fn binding_generators_are_recognised_by_their_traces() {
    let with = |mark: &[u8]| {
        let bytes = Elf::default()
            .export("PyInit_fast")
            .constants(".rodata", mark)
            .build();
        binding(&bytes, &image(&bytes))
    };
    assert_eq!(with(b"\0cython_runtime\0"), Some(Binding::Cython));
    assert_eq!(
        with(b"\0__pybind11_internals_v5\0"),
        Some(Binding::Pybind11)
    );
    assert_eq!(with(b"\0nothing\0"), None);
    assert!(matches!(
        with(b"/registry/src/index/pyo3-0.30.1/src/err/mod.rs\0"),
        Some(Binding::Pyo3 { version }) if version == "0.30.1"
    ));
}

/// An object file with functions with these names and sizes.
fn with_functions(format: BinaryFormat, functions: &[(&str, usize)]) -> Vec<u8> {
    let mut object = Object::new(format, Architecture::X86_64, Endianness::Little);
    let section = object.section_id(StandardSection::Text);
    for (name, size) in functions {
        let value = object.append_section_data(section, &vec![0xc3; *size], 1);
        object.add_symbol(Symbol {
            name: name.as_bytes().to_vec(),
            value,
            size: *size as u64,
            kind: SymbolKind::Text,
            scope: SymbolScope::Linkage,
            weak: false,
            section: SymbolSection::Section(section),
            flags: SymbolFlags::None,
        });
    }
    object.write().unwrap()
}

#[test]
fn code_belongs_to_the_crates_in_its_names() {
    let functions = [
        ("_ZN4fast3add17h0123456789abcdefE", 100),
        ("_RNvCs1234_4fast3sub", 50),
        ("_ZN4core3fmt5write17h0123456789abcdefE", 30),
        ("ZSTD_compress", 20),
    ];
    for format in [BinaryFormat::Elf, BinaryFormat::MachO, BinaryFormat::Coff] {
        let found = &sizes(&with_functions(format, &functions)).unwrap()[0];
        let crates: Vec<(&str, u64, usize)> = found
            .crates
            .iter()
            .map(|one| (one.name.as_str(), one.size, one.functions))
            .collect();
        assert_eq!(
            crates,
            [("fast", 150, 2), ("std", 30, 1), ("C or unknown", 20, 1)],
            "{format:?}"
        );
        assert_eq!((found.naming, found.named_code), (Naming::All, 200));
        let code = found
            .parts
            .iter()
            .find(|part| part.kind == PartKind::Code)
            .unwrap();
        assert_eq!(code.size, 200, "{format:?}");
    }
}

#[test]
fn functions_that_share_their_code_count_once() {
    let mut bytes = Object::new(BinaryFormat::Elf, Architecture::X86_64, Endianness::Little);
    let section = bytes.section_id(StandardSection::Text);
    let value = bytes.append_section_data(section, &[0xc3; 64], 1);
    for name in [
        "_ZN4fast3add17h0123456789abcdefE",
        "_ZN4slow3add17h0123456789abcdefE",
    ] {
        bytes.add_symbol(Symbol {
            name: name.as_bytes().to_vec(),
            value,
            size: 64,
            kind: SymbolKind::Text,
            scope: SymbolScope::Linkage,
            weak: false,
            section: SymbolSection::Section(section),
            flags: SymbolFlags::None,
        });
    }
    let found = &sizes(&bytes.write().unwrap()).unwrap()[0];
    assert_eq!(found.named_code, 64);
}

#[test]
fn parts_add_up_to_the_file() {
    let slice = macho(
        Architecture::X86_64,
        &["PyInit_fast"],
        "/usr/lib/libSystem.B.dylib",
    );
    let both = universal(&[&slice, &slice]);
    let elf = Elf::default()
        .export("PyInit_fast")
        .import("PyList_New")
        .build();
    for bytes in [&slice, &both, &elf] {
        let found = sizes(bytes).unwrap();
        for one in &found {
            let sum: u64 = one.parts.iter().map(|part| part.size).sum();
            assert_eq!(sum, one.size, "{one:#?}");
        }
    }
    assert_eq!(sizes(&both).unwrap().len(), 2);
    assert!(sizes(b"no binary").is_err());
    assert!(sizes(b"").is_err());
}

#[test]
fn no_input_makes_it_panic() {
    let functions = [("_ZN4fast3add17h0123456789abcdefE", 40), ("f", 20)];
    for format in [BinaryFormat::Elf, BinaryFormat::MachO, BinaryFormat::Coff] {
        let whole = with_functions(format, &functions);
        for end in 0..whole.len() {
            let _ = sizes(&whole[..end]);
        }
        for at in 0..whole.len() {
            for value in [0x00, 0x7f, 0xff] {
                let mut changed = whole.clone();
                changed[at] = value;
                let _ = sizes(&changed);
            }
        }
    }
}
