//! WebAssembly modules, built in memory: what's read from them, and the rules for that.
#![allow(clippy::unwrap_used)] // Anything that can't be read fails the test.

mod binaries;

use binaries::Wasm;
use wr_anatomy::facts::{Architecture, Format, Image, Kind, Platform};
use wr_anatomy::python_api::OfferedSymbols;
use wr_anatomy::{Expectation, LooksLike, PythonVersion, ReadError, inspect};

fn image(module: &Wasm) -> Image {
    let facts = inspect(&module.build(), &Expectation::new()).unwrap().facts;
    assert_eq!(facts.format, Format::Wasm);
    facts.images.into_iter().next().unwrap()
}

fn codes(module: &Wasm, expected: &Expectation) -> Vec<String> {
    inspect(&module.build(), expected)
        .unwrap()
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.to_string())
        .collect()
}

fn file(name: &str) -> Expectation {
    Expectation::new().file_name(name)
}

fn extension() -> Wasm {
    Wasm::default()
        .export("PyInit_fast")
        .export("__wasm_call_ctors")
        .import("PyList_New")
}

#[test]
fn a_side_module_is_a_shared_library() {
    let module = extension()
        .import("invoke_vii")
        .needs("libz.so")
        .constants(b"/src/index/pyo3-0.30.1/src/err.rs\0")
        .producers(&[("rustc", "1.95.0 (abc 2026-04-01)"), ("clang", "22.1.0")])
        .features(&["simd128", "mutable-globals"]);
    let image = image(&module);
    assert_eq!(image.kind, Kind::SharedLibrary);
    assert_eq!(image.architecture, Architecture::Wasm32);
    assert_eq!(image.pointer_width, 32);
    assert_eq!(image.platform, Platform::Emscripten);
    assert_eq!(image.libraries[0].name, "libz.so");
    assert_eq!(image.init_functions[0].module, "fast");
    let names: Vec<&str> = image.imports.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["PyList_New", "invoke_vii"]);
    assert_eq!(image.provenance.rustc.as_deref(), Some("1.95.0"));
    assert_eq!(image.provenance.pyo3(), Some("0.30.1"));
    assert_eq!(image.provenance.tools.len(), 2);
    assert_eq!(image.is_stripped, Some(true));
    let wasm = image.wasm.unwrap();
    assert_eq!((wasm.memory_size, wasm.table_size), (Some(1000), Some(7)));
    assert_eq!(wasm.features, ["simd128", "mutable-globals"]);
}

#[test]
fn a_symbol_is_listed_once() {
    // Once to be called, and once for its address; data only by its address.
    let module = extension()
        .import_from("GOT.func", "PyList_New")
        .import_data("PyExc_ValueError");
    let image = image(&module);
    let names: Vec<&str> = image
        .python_api
        .symbols
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["PyList_New", "PyExc_ValueError"]);
    assert_eq!(image.python_api.stable_abi, Some(PythonVersion::new(3, 2)));
    // Its own functions are looked up in the same way.
    let own = extension().import_from("GOT.func", "PyInit_fast");
    assert_eq!(self::image(&own).imports.len(), 1);
    // Another module's functions aren't Python symbols.
    let other = extension().import_from("some_host", "PyThing_New");
    assert_eq!(self::image(&other).python_api.symbols.len(), 1);
}

#[test]
fn optional_imports_are_weak() {
    let module = extension().weak_import("PyType_GetName");
    let image = image(&module);
    let weak: Vec<bool> = image.imports.iter().map(|one| one.weak).collect();
    assert_eq!(weak, [false, true]);
    assert_eq!(image.python_api.stable_abi, Some(PythonVersion::new(3, 2)));
}

#[test]
fn programs_and_object_files_are_distinguished() {
    let kind = |module: Wasm| image(&module).kind;
    // A program that loads side modules gives the loader the same information, but has its own memory.
    assert_eq!(
        kind(Wasm::default().export("main").with_memory()),
        Kind::Executable
    );
    assert_eq!(
        kind(Wasm::default().plain().export("_start").with_memory()),
        Kind::Executable
    );
    assert_eq!(
        kind(Wasm::default().plain().custom("linking", &[2])),
        Kind::ObjectFile
    );
    assert_eq!(
        kind(Wasm::default().plain().export("add").with_memory()),
        Kind::Other
    );
    assert_eq!(kind(Wasm::default()), Kind::SharedLibrary);
}

#[test]
fn the_system_is_recognised_by_its_imports() {
    let platform = |module: Wasm| image(&module).platform;
    assert_eq!(platform(extension()), Platform::Emscripten);
    assert_eq!(platform(extension().needs("libc.so")), Platform::Wasi);
    let wasi = extension().import_from("wasi_snapshot_preview1", "fd_write");
    assert_eq!(platform(wasi.clone()), Platform::Wasi);
    let program = Wasm::default().plain().export("main").with_memory();
    assert_eq!(platform(program.clone()), Platform::Unknown);
    assert_eq!(
        platform(program.import("emscripten_get_now")),
        Platform::Emscripten
    );
    // Emscripten's own programs also import a few WASI functions.
    assert_eq!(platform(wasi.import("invoke_v")), Platform::Emscripten);
}

#[test]
fn the_memory_type_determines_the_architecture() {
    let wide = image(&extension().wide());
    assert_eq!(wide.architecture, Architecture::Wasm64);
    assert_eq!(wide.pointer_width, 64);
}

#[test]
fn names_and_debug_information_are_recognised_by_section() {
    let full = image(
        &extension()
            .custom("name", &[])
            .custom(".debug_info", b"1234"),
    );
    assert_eq!(full.is_stripped, Some(false));
    assert!(full.has_debug_info());
    assert!(full.sections.iter().any(|one| one.name == "code"));
}

#[test]
fn the_rules_on_symbols_hold() {
    let suffixed = file("fast.cpython-314-wasm32-emscripten.so");
    assert_eq!(codes(&extension(), &suffixed), [""; 0]);
    let abi3 = file("fast.abi3.so");
    assert_eq!(codes(&extension(), &abi3), [""; 0]);
    let beyond = extension().import("PyUnicode_AsUTF8");
    assert_eq!(codes(&beyond, &abi3), ["WR0108"]);
    assert_eq!(codes(&beyond, &suffixed), [""; 0]);
    let newer = extension().import("PyType_GetName");
    assert_eq!(
        codes(&newer, &abi3.clone().stable_abi(PythonVersion::new(3, 10))),
        ["WR0108"]
    );

    let python: OfferedSymbols = ["PyList_New"].into_iter().collect();
    let offered = suffixed.clone().offered(python);
    assert_eq!(codes(&extension(), &offered), [""; 0]);
    assert_eq!(codes(&beyond, &offered), ["WR0106"]);

    let misnamed = file("slow.cpython-314-wasm32-emscripten.so");
    assert_eq!(codes(&extension(), &misnamed), ["WR0101"]);
    let without = Wasm::default().import("PyList_New");
    assert_eq!(codes(&without, &suffixed), ["WR0102"]);
    let elsewhere = suffixed.clone().architecture(Architecture::X86_64);
    assert_eq!(codes(&extension(), &elsewhere), ["WR0105"]);
    let here = suffixed.clone().architecture(Architecture::Wasm32);
    assert_eq!(codes(&extension(), &here), [""; 0]);
    let older = suffixed.python(PythonVersion::new(3, 13));
    assert_eq!(codes(&extension(), &older), ["WR0107"]);
    let program = Wasm::default().export("main").with_memory();
    assert_eq!(codes(&program, &file("fast.so")), ["WR0104"]);
}

#[test]
fn truncated_and_damaged_modules_are_reported() {
    let bytes = extension().build();
    let look = |bytes: &[u8]| inspect(bytes, &Expectation::new());
    for length in [5, 8 + 3, bytes.len() / 2, bytes.len() - 1] {
        let found = look(&bytes[..length]);
        assert!(
            matches!(found, Err(ReadError::Truncated { .. })),
            "{length}: {found:?}"
        );
    }
    // This section kind doesn't exist.
    let mut unknown = bytes.clone();
    unknown.extend([0x4d, 0]);
    assert!(matches!(look(&unknown), Err(ReadError::Malformed { .. })));
    // A component consists of modules, and nothing loads it as a library.
    let component = b"\0asm\x0d\0\x01\0";
    assert_eq!(
        look(component),
        Err(ReadError::NotABinary(LooksLike::WebAssembly))
    );
}

#[test]
fn excessive_modules_are_refused() {
    // Millions of empty names in the loader's section, each of which would take many times its size in memory.
    let mut content = b"\x08dylink.0\x02".to_vec();
    let names = 5 << 20_usize;
    let number = |mut value: usize| {
        let mut bytes = Vec::new();
        while value > 0x7f {
            bytes.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
            value >>= 7;
        }
        bytes.push(u8::try_from(value).unwrap());
        bytes
    };
    let count = number(names);
    content.extend(number(count.len() + names));
    content.extend(count);
    content.resize(content.len() + names, 0);
    let mut bytes = b"\0asm\x01\0\0\0\0".to_vec();
    bytes.extend(number(content.len()));
    bytes.extend(content);
    let found = inspect(&bytes, &Expectation::new());
    assert!(matches!(found, Err(ReadError::TooMuch { .. })), "{found:?}");
}
