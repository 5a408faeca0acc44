//! Whether an extension loads: what prevents it, and similar cases that don't.
#![allow(clippy::unwrap_used)] // A binary that can't be read fails the test.

mod binaries;

use binaries::{Elf, macho, pe, wheel, wheel_with};
use object::Architecture;
use wr_anatomy::loads::{self, Answer, Gil, Host, Loads, PackageAnswer};
use wr_anatomy::python_api::OfferedSymbols;
use wr_anatomy::wheel::inspect_wheel;
use wr_anatomy::{Expectation, inspect};

const LINUX: &str = "manylinux_2_28_x86_64";
const MUSL: &str = "musllinux_1_2_x86_64";
const MAC: &str = "macosx_14_0_arm64";
const WINDOWS: &str = "win_amd64";

fn host(python: &str, system: &str) -> Host {
    Host::new(python.parse().unwrap(), system.parse().unwrap())
}

fn judged(bytes: &[u8], file: &str, host: &Host) -> Answer {
    let facts = inspect(bytes, &Expectation::new()).unwrap().facts;
    loads::judge(&facts, file, None, host)
}

/// The findings, most serious first; a `?` marks an unknown answer.
fn found(answer: &Answer) -> Vec<String> {
    let codes = answer
        .findings
        .iter()
        .map(|finding| finding.code.to_string());
    let open = answer.undecided.iter().map(|_| "?".to_owned());
    codes.chain(open).collect()
}

#[track_caller]
fn check(bytes: &[u8], file: &str, python: &str, system: &str, expected: &[&str]) {
    let answer = judged(bytes, file, &host(python, system));
    assert_eq!(
        found(&answer),
        expected,
        "{file} {python} {system} {answer:#?}"
    );
    let stops = expected
        .iter()
        .any(|code| !matches!(*code, "?" | "WR0103" | "WR0108" | "WR0114"));
    let loads = match (stops, expected.contains(&"?")) {
        (true, _) => Loads::No,
        (false, true) => Loads::Unknown,
        (false, false) => Loads::Yes,
    };
    assert_eq!(answer.loads, loads, "{file} {python} {system} {answer:#?}");
}

/// An extension that only uses the stable ABI of every Python.
fn stable() -> Elf {
    Elf::default()
        .needs("libc.so.6")
        .import("PyList_New")
        .import("PyModuleDef_Init")
        .export("PyInit_fast")
}

#[test]
fn a_suffix_is_for_some_pythons() {
    let bytes = stable().build();
    let yes = |file: &str, python: &str| check(&bytes, file, python, LINUX, &[]);
    let no = |file: &str, python: &str| check(&bytes, file, python, LINUX, &["WR0107"]);
    yes("fast.abi3.so", "3.9");
    yes("fast.abi3.so", "3.15");
    no("fast.abi3.so", "3.13t");
    no("fast.abi3.so", "3.15t");
    no("fast.abi3.so", "pypy3.11");
    no("fast.abi3t.so", "3.14");
    no("fast.abi3t.so", "3.14t");
    yes("fast.abi3t.so", "3.15");
    yes("fast.cpython-312-x86_64-linux-gnu.so", "3.12");
    no("fast.cpython-312-x86_64-linux-gnu.so", "3.13");
    no("fast.cpython-313-x86_64-linux-gnu.so", "3.13t");
    yes("fast.so", "3.13");
    no("fast.dll", "3.13");
    no("fast.pyd", "3.13");
    no("fast.cpython-312-darwin.so", "3.12");
    no("fast.cpython-312-aarch64-linux-gnu.so", "3.12");
    no("fast.cpython-312-x86_64-linux-musl.so", "3.12");
}

#[test]
fn a_real_interpreter_reports_its_suffixes() {
    let bytes = stable().build();
    let debug = host("3.12", LINUX).suffixes(vec![
        ".cpython-312d-x86_64-linux-gnu.so".to_owned(),
        ".so".to_owned(),
    ]);
    assert_eq!(judged(&bytes, "fast.abi3.so", &debug).loads, Loads::No);
    assert_eq!(judged(&bytes, "fast.so", &debug).loads, Loads::Yes);
}

#[test]
fn symbols_come_and_go_with_versions() {
    let newer = stable().import("PyType_GetName").build();
    check(&newer, "fast.abi3.so", "3.10", LINUX, &["WR0106"]);
    check(&newer, "fast.abi3.so", "3.11", LINUX, &[]);
    // It was added to the stable ABI in 3.10, but every Python since 3.3 exports it.
    let older = stable().import("PyUnicode_AsUTF8AndSize").build();
    check(&older, "fast.abi3.so", "3.8", LINUX, &[]);
    // Private symbols may disappear: 3.12 was the last to export this one.
    let removed = stable().import("_PyUnicode_EQ").build();
    check(&removed, "fast.so", "3.12", LINUX, &["?"]);
    check(&removed, "fast.so", "3.13", LINUX, &["WR0106"]);
    // Free-threaded builds have additional symbols that no table lists.
    let own = stable().import("_Py_MergeZeroLocalRefcount").build();
    check(
        &own,
        "fast.cpython-313t-x86_64-linux-gnu.so",
        "3.13t",
        LINUX,
        &[],
    );
    check(&own, "fast.so", "3.13", LINUX, &["WR0106"]);
}

#[test]
fn a_real_interpreter_reports_its_symbols() {
    let bytes = stable().build();
    let lacking = OfferedSymbols::from_iter(["PyList_New"]);
    let answer = judged(&bytes, "fast.so", &host("3.12", LINUX).offered(lacking));
    assert_eq!(found(&answer), ["WR0106"]);
}

#[test]
fn a_file_for_every_python_may_be_for_one() {
    let bytes = stable().import("PyUnicode_AsUTF8").build();
    check(&bytes, "fast.so", "3.12", LINUX, &["?"]);
    check(&bytes, "fast.abi3.so", "3.12", LINUX, &["WR0108", "?"]);
    check(
        &bytes,
        "fast.cpython-312-x86_64-linux-gnu.so",
        "3.12",
        LINUX,
        &[],
    );
    // Objects have a different layout without the GIL.
    check(&stable().build(), "fast.so", "3.13t", LINUX, &["?"]);
}

#[test]
fn the_function_that_python_calls_has_to_exist() {
    let export = |symbol: &str| {
        Elf::default()
            .needs("libc.so.6")
            .import("PyList_New")
            .export(symbol)
            .build()
    };
    let newer = export("PyModExport_fast");
    check(&newer, "fast.abi3.so", "3.14", LINUX, &["WR0132"]);
    check(&newer, "fast.abi3.so", "3.15", LINUX, &[]);
    check(
        &export("PyInit_slow"),
        "fast.abi3.so",
        "3.14",
        LINUX,
        &["WR0101"],
    );
    check(&export("fast"), "fast.abi3.so", "3.14", LINUX, &["WR0102"]);
    let both = Elf::default()
        .needs("libc.so.6")
        .import("PyList_New")
        .export("PyInit_fast")
        .export("PyModExport_fast")
        .build();
    check(&both, "fast.abi3.so", "3.14", LINUX, &[]);
}

#[test]
fn another_machine_s_file_has_one_fault() {
    let linux = stable().build();
    let mac = macho(
        Architecture::Aarch64,
        &["PyInit_fast"],
        "/usr/lib/libSystem.B.dylib",
    );
    check(&linux, "fast.abi3.so", "3.12", MAC, &["WR0135"]);
    check(&mac, "fast.abi3.so", "3.12", MAC, &[]);
    check(&mac, "fast.abi3.so", "3.12", LINUX, &["WR0135"]);
    check(
        &linux,
        "fast.abi3.so",
        "3.12",
        "manylinux_2_28_aarch64",
        &["WR0105"],
    );
    let glibc = stable()
        .versioned("libc.so.6", "memcpy", "GLIBC_2.14")
        .build();
    check(&glibc, "fast.abi3.so", "3.12", LINUX, &[]);
    check(&glibc, "fast.abi3.so", "3.12", MUSL, &["WR0110"]);
    let newer = stable()
        .versioned("libc.so.6", "memcpy", "GLIBC_2.34")
        .build();
    check(&newer, "fast.abi3.so", "3.12", LINUX, &["WR0109"]);
}

#[test]
fn on_windows_the_library_determines_the_python() {
    let linked = |library: &str| pe(true, &["PyInit_fast"], library, &["PyList_New"]);
    check(&linked("python312.dll"), "fast.pyd", "3.12", WINDOWS, &[]);
    check(
        &linked("python312.dll"),
        "fast.pyd",
        "3.13",
        WINDOWS,
        &["WR0131"],
    );
    check(&linked("python3.dll"), "fast.pyd", "3.13", WINDOWS, &[]);
    check(
        &linked("python3.dll"),
        "fast.pyd",
        "3.13t",
        WINDOWS,
        &["WR0131"],
    );
    check(
        &linked("python313t.dll"),
        "fast.cp313t-win_amd64.pyd",
        "3.13t",
        WINDOWS,
        &[],
    );
    check(
        &linked("python3.dll"),
        "fast.abi3.pyd",
        "3.13",
        WINDOWS,
        &["WR0107"],
    );
    // The symbol is older than its entry in the stable ABI library.
    let utf8 = pe(
        true,
        &["PyInit_fast"],
        "python3.dll",
        &["PyUnicode_AsUTF8AndSize"],
    );
    check(&utf8, "fast.pyd", "3.9", WINDOWS, &["WR0106"]);
    check(&utf8, "fast.pyd", "3.10", WINDOWS, &[]);
}

#[test]
fn a_linked_libpython_has_to_be_found() {
    let bytes = stable().needs("libpython3.12.so.1.0").build();
    check(&bytes, "fast.abi3.so", "3.12", LINUX, &["WR0103", "?"]);
    check(&bytes, "fast.abi3.so", "3.13", LINUX, &["WR0131"]);
    // An interpreter that's linked with the library has already loaded it.
    let shared = host("3.12", LINUX).library("libpython3.12.so.1.0".to_owned());
    assert_eq!(found(&judged(&bytes, "fast.abi3.so", &shared)), [""; 0]);
}

#[test]
fn the_gil_is_predicted() {
    let gil = |elf: Elf| {
        let answer = judged(
            &elf.build(),
            "fast.cpython-314t-x86_64-linux-gnu.so",
            &host("3.14t", LINUX),
        );
        (answer.gil.as_ref().unwrap().gil, found(&answer))
    };
    let pyo3 = |version: &str| {
        let path = format!("/registry/src/index/pyo3-{version}/src/err/mod.rs\0");
        stable().constants(".rodata", path.as_bytes())
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(gil(pyo3("0.30.1")), (Gil::StaysOff, none.clone()));
    assert_eq!(gil(pyo3("0.25.0")), (Gil::Unknown, none.clone()));
    assert_eq!(
        gil(pyo3("0.22.0")),
        (Gil::TurnsOn, vec!["WR0114".to_owned()])
    );
    // In C: slots aren't visible, but a call is.
    assert_eq!(gil(stable()), (Gil::Unknown, none.clone()));
    let one_step = || {
        Elf::default()
            .needs("libc.so.6")
            .import("PyModule_Create2")
            .export("PyInit_fast")
    };
    assert_eq!(gil(one_step()), (Gil::TurnsOn, vec!["WR0114".to_owned()]));
    assert_eq!(
        gil(one_step().import("PyUnstable_Module_SetGIL")),
        (Gil::StaysOff, none)
    );
    // With the GIL the question doesn't arise.
    let answer = judged(&stable().build(), "fast.abi3.so", &host("3.14", LINUX));
    assert_eq!(answer.gil, None);
}

fn judged_wheel(name: &str, files: &[(&str, &[u8])], required: &str, host: &Host) -> PackageAnswer {
    let bytes = wheel_with(name, files, |file, text| match file {
        "METADATA" if !required.is_empty() => format!("{text}Requires-Python: {required}\n"),
        _ => text,
    });
    loads::judge_wheel(&inspect_wheel(&bytes, name).unwrap().facts, host)
}

fn of_package(answer: &PackageAnswer) -> Vec<String> {
    answer
        .all_findings()
        .map(|finding| finding.code.to_string())
        .collect()
}

#[test]
fn an_installer_has_to_accept_the_wheel_first() {
    let bytes = stable().build();
    let name = "fast-1.0-cp39-abi3-manylinux_2_17_x86_64.whl";
    let judge = |required: &str, python: &str, system: &str| {
        let files: [(&str, &[u8]); 1] = [("fast.abi3.so", &bytes)];
        let answer = judged_wheel(name, &files, required, &host(python, system));
        (answer.loads, of_package(&answer), answer.modules.len())
    };
    assert_eq!(judge("", "3.12", LINUX), (Loads::Yes, vec![], 1));
    assert_eq!(
        judge("", "3.13t", LINUX),
        (Loads::No, vec!["WR0130".to_owned()], 0)
    );
    assert_eq!(
        judge("", "3.12", WINDOWS),
        (Loads::No, vec!["WR0130".to_owned()], 0)
    );
    assert_eq!(
        judge(">=3.9,<3.15", "3.15", LINUX),
        (Loads::No, vec!["WR0133".to_owned()], 0)
    );
    assert_eq!(judge(">=3.9,<3.15", "3.14", LINUX), (Loads::Yes, vec![], 1));
}

#[test]
fn a_file_for_another_python_next_to_the_right_one_is_fine() {
    let bytes = stable().build();
    let name = "fast-1.0-cp311.cp312-none-manylinux_2_17_x86_64.whl";
    let judge =
        |files: &[(&str, &[u8])]| of_package(&judged_wheel(name, files, "", &host("3.12", LINUX)));
    let older = ("fast.cpython-311-x86_64-linux-gnu.so", bytes.as_slice());
    let newer = ("fast.cpython-312-x86_64-linux-gnu.so", bytes.as_slice());
    assert_eq!(judge(&[older, newer]), [""; 0]);
    assert_eq!(judge(&[older]), ["WR0107"]);
    // A library next to an extension isn't imported.
    let helper = Elf::default().needs("libc.so.6").export("helper").build();
    assert_eq!(judge(&[newer, ("libhelper.so", &helper)]), [""; 0]);
}

#[test]
fn pure_wheels_load_everywhere() {
    let name = "pure-1.0-py3-none-any.whl";
    let bytes = wheel(name, &[("pure.py", b"")]);
    let facts = inspect_wheel(&bytes, name).unwrap().facts;
    for (python, system) in [("3.9", LINUX), ("3.15t", WINDOWS), ("pypy3.11", MAC)] {
        let answer = loads::judge_wheel(&facts, &host(python, system));
        assert_eq!((answer.loads, answer.modules.len()), (Loads::Yes, 0));
    }
}

#[test]
fn ignored_findings_do_not_prevent_loading() {
    let bytes = stable().build();
    let name = "fast-1.0-cp39-abi3-manylinux_2_17_x86_64.whl";
    let files: [(&str, &[u8]); 1] = [("fast.abi3.so", &bytes)];
    let mut answer = judged_wheel(name, &files, "", &host("3.13t", LINUX));
    answer.retain(|finding| finding.code.as_str() != "WR0130");
    assert_eq!(answer.loads, Loads::Yes);
}
