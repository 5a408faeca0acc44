//! Rules for binaries that are built in memory, each next to a healthy twin.
#![allow(clippy::unwrap_used)] // Anything that can't be read fails the test.

mod binaries;

use binaries::{Elf, archive_of, coff_object, pe};
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
fn a_healthy_extension_has_no_findings() {
    let bytes = Elf::default().export("PyInit_fast").build();
    let inspection = inspect(&bytes, &module("package.fast")).unwrap();
    assert_eq!(inspection.diagnostics, []);
    assert_eq!(inspection.facts.format, Format::Elf);
    assert_eq!(inspection.facts.kind, Kind::SharedLibrary);
    assert_eq!(
        inspection.facts.images[0].architecture,
        Architecture::X86_64
    );
    assert_eq!(inspection.facts.images[0].init_functions[0].module, "fast");
}

#[test]
fn wr0101_the_names_differ() {
    let bytes = Elf::default().export("PyInit_fats").build();
    assert_eq!(codes(&bytes, &module("fast")), ["WR0101"]);
    let kept_prefix = Expectation::new().file_name("libfats.so");
    let inspection = inspect(&bytes, &kept_prefix).unwrap();
    assert!(
        inspection.diagnostics[0]
            .hint
            .as_ref()
            .unwrap()
            .contains("`lib` prefix")
    );
    assert_eq!(codes(&bytes, &module("fats")), [""; 0]);
    assert_eq!(codes(&bytes, &Expectation::new()), [""; 0]);
}

#[test]
fn wr0101_knows_names_that_are_not_ascii() {
    let bytes = Elf::default().export("PyInitU_mdulo_0ta").build();
    assert_eq!(codes(&bytes, &module("módulo")), [""; 0]);
    assert_eq!(codes(&bytes, &module("modulo")), ["WR0101"]);
}

#[test]
fn one_of_several_init_functions_is_enough() {
    let bytes = Elf::default()
        .export("PyInit_a")
        .export("PyModExport_b")
        .build();
    assert_eq!(codes(&bytes, &module("a")), [""; 0]);
    assert_eq!(codes(&bytes, &module("b")), [""; 0]);
    assert_eq!(codes(&bytes, &module("c")), ["WR0101"]);
}

#[test]
fn wr0102_init_function_missing() {
    let bytes = Elf::default().export("something").build();
    assert_eq!(codes(&bytes, &module("fast")), ["WR0102"]);
    // A plain library that doesn't even use Python isn't a broken extension, whatever its name: `ctypes` may load it.
    let tagged = Expectation::new().file_name("fast.abi3.so");
    let plain = Expectation::new().file_name("fast.so");
    assert_eq!(codes(&bytes, &tagged), [""; 0]);
    assert_eq!(codes(&bytes, &plain), [""; 0]);
    let helper = Elf::default()
        .export("something")
        .import("PyList_New")
        .build();
    assert_eq!(
        codes(&helper, &Expectation::new().file_name("libhelper.so")),
        [""; 0]
    );
    assert_eq!(codes(&helper, &plain), ["WR0102"]);
    assert_eq!(codes(&helper, &tagged), ["WR0102"]);
}

#[test]
fn wr0103_a_library_that_embeds_python_may_link_it() {
    let linked = Elf::default().needs("libpython3.12.so.1.0");
    let extension = linked.clone().export("PyInit_fast").build();
    assert_eq!(codes(&extension, &module("fast")), ["WR0103"]);
    let embedding = linked.export("start").build();
    assert_eq!(
        codes(&embedding, &Expectation::new().file_name("libapp.so")),
        [""; 0]
    );
}

#[test]
fn wr0104_what_cannot_be_loaded() {
    let rlib = archive_of(&[("lib.rmeta", b"rust"), ("a.o", b"xx")]);
    let inspection = inspect(&rlib, &module("fast")).unwrap();
    assert_eq!(inspection.facts.kind.to_string(), "Rust `rlib`");
    assert_eq!(codes(&rlib, &module("fast")), ["WR0104"]);
    assert_eq!(
        codes(&archive_of(&[("a.o", b"xx")]), &module("fast")),
        ["WR0104"]
    );
    assert_eq!(codes(&coff_object(), &module("fast")), ["WR0104"]);
    let program = Elf::default().executable().build();
    assert_eq!(codes(&program, &module("fast")), ["WR0104"]);
    let dylib = Elf::default()
        .export("PyInit_fast")
        .export("rust_metadata_x_0123")
        .build();
    assert_eq!(codes(&dylib, &module("fast")), ["WR0104"]);
}

#[test]
fn wr0105_another_processor() {
    let bytes = Elf::default().export("PyInit_fast").build();
    let arm = module("fast").architecture(Architecture::Aarch64);
    assert_eq!(codes(&bytes, &arm), ["WR0105"]);
    let intel = module("fast").architecture(Architecture::X86_64);
    assert_eq!(codes(&bytes, &intel), [""; 0]);
}

#[test]
fn wr0107_the_suffix_is_for_another_python() {
    use wr_anatomy::{PythonVersion, Threading};
    let bytes = Elf::default().export("PyInit_fast").build();
    let check = |file: &str, minor: u8, threading: Threading, expected: &[&str]| {
        let python = Expectation::new()
            .file_name(file)
            .python(PythonVersion::new(3, minor))
            .threading(threading);
        assert_eq!(codes(&bytes, &python), expected, "{file} under 3.{minor}");
    };
    check(
        "fast.cpython-313-x86_64-linux-gnu.so",
        12,
        Threading::Gil,
        &["WR0107"],
    );
    check(
        "fast.cpython-313-x86_64-linux-gnu.so",
        13,
        Threading::FreeThreaded,
        &["WR0107"],
    );
    check(
        "fast.cpython-313-x86_64-linux-gnu.so",
        13,
        Threading::Gil,
        &[],
    );
    check("fast.abi3.so", 13, Threading::FreeThreaded, &["WR0107"]);
    check("fast.abi3.so", 13, Threading::Gil, &[]);
    check("fast.abi3t.so", 14, Threading::FreeThreaded, &["WR0107"]);
    check("fast.so", 14, Threading::FreeThreaded, &[]);
}

#[test]
fn wr0106_the_interpreter_lacks_a_symbol() {
    use wr_anatomy::python_api::OfferedSymbols;
    let python: OfferedSymbols = ["PyList_New", "PyErr_Occurred"].into_iter().collect();
    let expected = module("fast").offered(python);
    let elf = Elf::default().export("PyInit_fast").import("PyList_New");
    assert_eq!(codes(&elf.build(), &expected), [""; 0]);
    let newer = elf.clone().import("PyType_GetName").build();
    assert_eq!(codes(&newer, &expected), ["WR0106"]);
    // The name may come from a library other than Python's.
    let helped = elf.import("PySide_Init").needs("libpyside6.so").build();
    assert_eq!(codes(&helped, &expected), [""; 0]);
    // Without the interpreter's own file nothing is known.
    assert_eq!(codes(&newer, &module("fast")), [""; 0]);
}

#[test]
fn wr0106_another_implementation() {
    use wr_anatomy::Implementation;
    let pypy = Elf::default()
        .export("PyInit_fast")
        .import("PyPyList_New")
        .build();
    let cpython = Elf::default()
        .export("PyInit_fast")
        .import("PyList_New")
        .build();
    let under = |implementation| module("fast").implementation(implementation);
    assert_eq!(codes(&pypy, &under(Implementation::CPython)), ["WR0106"]);
    assert_eq!(codes(&cpython, &under(Implementation::PyPy)), ["WR0106"]);
    assert_eq!(codes(&pypy, &under(Implementation::PyPy)), [""; 0]);
    assert_eq!(codes(&cpython, &under(Implementation::CPython)), [""; 0]);
}

#[test]
fn wr0108_more_than_the_stable_abi() {
    let abi3 = Expectation::new().file_name("fast.abi3.so");
    let promised = |minor| {
        abi3.clone()
            .stable_abi(wr_anatomy::PythonVersion::new(3, minor))
    };
    let elf = Elf::default().export("PyInit_fast").import("PyList_New");
    assert_eq!(codes(&elf.build(), &promised(9)), [""; 0]);
    let newer = elf.clone().import("PyType_GetName").build();
    assert_eq!(codes(&newer, &promised(9)), ["WR0108"]);
    assert_eq!(codes(&newer, &promised(11)), [""; 0]);
    assert_eq!(codes(&newer, &abi3), [""; 0]);
    let outside = elf.import("PyUnicode_AsUTF8").build();
    assert_eq!(codes(&outside, &abi3), ["WR0108"]);
    assert_eq!(
        codes(&outside, &Expectation::new().file_name("fast.so")),
        [""; 0]
    );
}

#[test]
fn wr0108_the_dll_of_one_version() {
    let abi3 = Expectation::new()
        .file_name("fast.pyd")
        .stable_abi(wr_anatomy::PythonVersion::new(3, 9));
    let stable = pe(true, &["PyInit_fast"], "python3.dll", &["PyList_New"]);
    let versioned = pe(true, &["PyInit_fast"], "python312.dll", &["PyList_New"]);
    assert_eq!(codes(&stable, &abi3), [""; 0]);
    assert_eq!(codes(&versioned, &abi3), ["WR0108"]);
}

#[test]
fn wr0109_and_wr0110_the_c_library() {
    use wr_anatomy::Libc;
    use wr_anatomy::facts::Version;
    let gnu = |text: &str| module("fast").libc(Libc::Gnu(Version::parse(text).unwrap()));
    let elf = Elf::default().export("PyInit_fast");
    let bytes = elf
        .clone()
        .versioned("libc.so.6", "log2", "GLIBC_2.38")
        .build();
    assert_eq!(codes(&bytes, &gnu("2.36")), ["WR0109"]);
    assert_eq!(codes(&bytes, &gnu("2.38")), [""; 0]);
    assert_eq!(codes(&bytes, &module("fast")), [""; 0]);
    let image = &inspect(&bytes, &module("fast")).unwrap().facts.images[0];
    assert_eq!(image.newest_glibc(), Version::parse("2.38"));
    assert_eq!(image.imports[0].library.as_deref(), Some("libc.so.6"));

    assert_eq!(codes(&bytes, &module("fast").libc(Libc::Musl)), ["WR0110"]);
    let musl = elf.needs("libc.musl-x86_64.so.1").build();
    assert_eq!(codes(&musl, &gnu("2.36")), ["WR0110"]);
    assert_eq!(codes(&musl, &module("fast").libc(Libc::Musl)), [""; 0]);
}

#[test]
fn wr0102_python_2_called_another_function() {
    let found = |init: &str, imports: &[&str]| {
        let library = Elf::default().export(init);
        let library = imports
            .iter()
            .fold(library, |library, name| library.import(name));
        codes(&library.build(), &Expectation::new().file_name("fast.so"))
    };
    assert_eq!(found("initfast", &["Py_InitModule4_64"]), [""; 0]);
    // Modules generated by cffi let cffi create the module.
    assert_eq!(
        found("initfast", &["PyImport_ImportModule", "PyInt_FromLong"]),
        [""; 0]
    );
    assert_eq!(found("initfast", &["PyUnicodeUCS4_AsUTF8String"]), [""; 0]);
    assert_eq!(
        found(
            "initfast",
            &["PyImport_ImportModule", "PyInterpreterState_Get"]
        ),
        ["WR0102"]
    );
}

#[test]
fn abi3t_has_one_init_function() {
    let may_be = |door: &str, symbol: &str| {
        let bytes = Elf::default().export(door).import(symbol).build();
        inspect(&bytes, &module("fast")).unwrap().facts.images[0].may_be_abi3t()
    };
    assert!(may_be("PyModExport_fast", "PyList_New"));
    assert!(!may_be("PyInit_fast", "PyList_New"));
    assert!(!may_be("PyModExport_fast", "PyUnicode_AsUTF8"));
}

#[test]
fn a_library_loaded_by_path_has_the_given_name() {
    let named = |file: &str| Expectation::new().file_name(file);
    let core = Elf::default()
        .export("PyInit_core")
        .import("PyList_New")
        .build();
    assert_eq!(codes(&core, &named("fast.so")), ["WR0101"]);
    assert_eq!(codes(&core, &named("libfast.so")), [""; 0]);
    assert_eq!(codes(&core, &named("libcore.so")), ["WR0101"]);
    assert_eq!(codes(&core, &module("libfast")), ["WR0101"]);
    // A package's own file provides the package; without its directory the name is unknown.
    assert_eq!(
        codes(
            &core,
            &named("core/__init__.cpython-312-x86_64-linux-gnu.so")
        ),
        [""; 0]
    );
    assert_eq!(codes(&core, &named("fast/__init__.so")), ["WR0101"]);
    assert_eq!(codes(&core, &named("__init__.so")), [""; 0]);
    assert_eq!(codes(&core, &module("a.core.__init__")), [""; 0]);
}
