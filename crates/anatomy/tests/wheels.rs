//! Wheels that lie about themselves, each beside a healthy twin.
#![allow(clippy::unwrap_used)] // A wheel that cannot be read is a failed test.

mod binaries;

use anatomy::wheel::inspect_wheel;
use binaries::{Elf, macho, pack, pe, universal, wheel};
use object::Architecture;

const NAME: &str = "fast-1.0-cp312-cp312-manylinux_2_17_x86_64.whl";

fn codes(name: &str, files: &[(&str, &[u8])]) -> Vec<String> {
    inspect_wheel(&wheel(name, files), name)
        .unwrap()
        .diagnostics
        .iter()
        .map(|finding| finding.code.to_string())
        .collect()
}

fn extension() -> Elf {
    Elf::default()
        .export("PyInit_fast")
        .import("PyList_New")
        .needs("libc.so.6")
}

const SUFFIX: &str = "fast.cpython-312-x86_64-linux-gnu.so";

#[test]
fn a_healthy_wheel_has_no_findings() {
    let elf = extension().build();
    let bytes = wheel(NAME, &[(SUFFIX, &elf), ("fast/__init__.py", b"")]);
    let inspection = inspect_wheel(&bytes, NAME).unwrap();
    assert_eq!(inspection.diagnostics, []);
    assert_eq!(inspection.facts.extensions.len(), 1);
    assert_eq!(
        inspection.facts.metadata.generator.as_deref(),
        Some("by hand")
    );
}

#[test]
fn wr0601_a_renamed_wheel() {
    let elf = extension().build();
    let bytes = wheel(NAME, &[(SUFFIX, &elf)]);
    let check = |name: &str| -> Vec<String> {
        let found = inspect_wheel(&bytes, name).unwrap().diagnostics;
        found
            .iter()
            .map(|finding| finding.code.to_string())
            .collect()
    };
    assert_eq!(
        check("slow-1.0-cp312-cp312-manylinux_2_17_x86_64.whl"),
        ["WR0601"]
    );
    assert_eq!(
        check("fast-1.0-cp312-cp312-manylinux_2_28_x86_64.whl"),
        ["WR0601"]
    );
    assert_eq!(
        check("Fast-1.0-cp312-cp312-manylinux_2_17_x86_64.whl"),
        [""; 0]
    );
}

#[test]
fn wr0602_another_platform() {
    let elf = extension().build();
    assert_eq!(
        codes(
            "fast-1.0-cp312-cp312-manylinux_2_17_aarch64.whl",
            &[(SUFFIX, &elf)]
        ),
        ["WR0602"]
    );
    let file = "fast.cpython-312-darwin.so";
    let arm = macho(
        Architecture::Aarch64,
        &["PyInit_fast"],
        "/usr/lib/libSystem.B.dylib",
    );
    let intel = macho(
        Architecture::X86_64,
        &["PyInit_fast"],
        "/usr/lib/libSystem.B.dylib",
    );
    let both = universal(&[&intel, &arm]);
    let name = "fast-1.0-cp312-cp312-macosx_11_0_universal2.whl";
    assert_eq!(codes(name, &[(file, &arm)]), ["WR0602"]);
    assert_eq!(codes(name, &[(file, &both)]), [""; 0]);
    assert_eq!(
        codes(
            "fast-1.0-cp312-cp312-macosx_11_0_arm64.whl",
            &[(file, &both)]
        ),
        [""; 0]
    );
    let dll = pe(true, &["PyInit_fast"], "python312.dll", &["PyList_New"]);
    let name = "fast-1.0-cp312-cp312-win_amd64.whl";
    assert_eq!(codes(name, &[("fast.cp312-win_amd64.pyd", &dll)]), [""; 0]);
    assert_eq!(
        codes(
            "fast-1.0-cp312-cp312-win32.whl",
            &[("fast.cp312-win32.pyd", &dll)]
        ),
        ["WR0602"]
    );
}

#[test]
fn wr0603_more_than_the_policy_has() {
    let newer = extension()
        .versioned("libm.so.6", "log2", "GLIBC_2.29")
        .build();
    assert_eq!(codes(NAME, &[(SUFFIX, &newer)]), ["WR0603"]);
    assert_eq!(
        codes(
            "fast-1.0-cp312-cp312-manylinux_2_31_x86_64.whl",
            &[(SUFFIX, &newer)]
        ),
        [""; 0]
    );
    assert_eq!(
        inspect_wheel(&wheel(NAME, &[(SUFFIX, &newer)]), NAME)
            .unwrap()
            .facts
            .oldest_manylinux(),
        Some("manylinux_2_31")
    );
    let foreign = extension().needs("libfoo.so.1").build();
    assert_eq!(codes(NAME, &[(SUFFIX, &foreign)]), ["WR0603"]);
    let library = Elf::default().export("foo").build();
    assert_eq!(
        codes(
            NAME,
            &[(SUFFIX, &foreign), ("fast.libs/libfoo.so.1", &library)]
        ),
        [""; 0]
    );
    assert_eq!(
        codes(
            "fast-1.0-cp312-cp312-musllinux_1_2_x86_64.whl",
            &[(SUFFIX, &extension().build())]
        ),
        ["WR0603"]
    );
}

#[test]
fn wr0603_a_symbol_that_is_not_promised() {
    // The Rust standard library asks for this one weakly, and does without it where it is not there.
    let symbol = "__cxa_thread_atexit_impl";
    assert_eq!(
        codes(NAME, &[(SUFFIX, &extension().import(symbol).build())]),
        ["WR0603"]
    );
    assert_eq!(
        codes(NAME, &[(SUFFIX, &extension().weak_import(symbol).build())]),
        [""; 0]
    );
}

#[test]
fn wr0604_a_suffix_that_the_tag_does_not_see() {
    let elf = extension().build();
    let old = "fast.cpython-311-x86_64-linux-gnu.so";
    assert_eq!(codes(NAME, &[(old, &elf)]), ["WR0604"]);
    assert_eq!(
        codes(
            "fast-1.0-cp39-abi3-manylinux_2_17_x86_64.whl",
            &[(old, &elf)]
        ),
        ["WR0604"]
    );
    // Left over beside the right one, it does no harm.
    assert_eq!(codes(NAME, &[(old, &elf), (SUFFIX, &elf)]), [""; 0]);
    // One wrong tag is one finding, however many extensions there are.
    let other = ["fast/", old].concat();
    assert_eq!(codes(NAME, &[(old, &elf), (&other, &elf)]), ["WR0604"]);
}

#[test]
fn wr0605_a_record_that_lists_something_else() {
    let elf = extension().build();
    let mut files = vec![(SUFFIX.to_owned(), elf)];
    files.push((
        "fast-1.0.dist-info/METADATA".to_owned(),
        b"Name: fast\nVersion: 1.0\n".to_vec(),
    ));
    files.push((
        "fast-1.0.dist-info/RECORD".to_owned(),
        b"fast-1.0.dist-info/METADATA,,\n".to_vec(),
    ));
    let found = inspect_wheel(&pack(&files), NAME).unwrap();
    assert_eq!(found.diagnostics[0].code.as_str(), "WR0605");
    assert_eq!(found.facts.unrecorded, [SUFFIX]);
}

#[test]
fn wr0606_and_wr0607_tags_that_say_too_much_or_little() {
    let elf = extension().build();
    assert_eq!(
        codes("fast-1.0-py3-none-any.whl", &[("fast.so", &elf)]),
        ["WR0606"]
    );
    assert_eq!(
        codes("fast-1.0-py3-none-any.whl", &[("fast.py", b"")]),
        [""; 0]
    );
    assert_eq!(
        codes("fast-1.0-cp312-cp312-linux_x86_64.whl", &[(SUFFIX, &elf)]),
        ["WR0607"]
    );
}

#[test]
fn wr0108_the_stable_abi_of_the_tag() {
    let newer = extension().import("PyType_GetName").build();
    let name = |python: &str| format!("fast-1.0-{python}-abi3-manylinux_2_17_x86_64.whl");
    assert_eq!(
        codes(&name("cp39"), &[("fast.abi3.so", &newer)]),
        ["WR0108"]
    );
    assert_eq!(codes(&name("cp311"), &[("fast.abi3.so", &newer)]), [""; 0]);
}

#[test]
fn crates_come_from_bills_of_materials() {
    let sbom = br#"{"bomFormat": "CycloneDX", "components": [
        {"name": "pyo3", "version": "0.30.1", "purl": "pkg:cargo/pyo3@0.30.1"},
        {"name": "libz", "version": "1", "purl": "pkg:rpm/libz@1"}]}"#;
    let bytes = wheel(
        NAME,
        &[("fast-1.0.dist-info/sboms/fast.cyclonedx.json", sbom)],
    );
    let crates = inspect_wheel(&bytes, NAME).unwrap().facts.crates;
    assert_eq!(crates.len(), 1);
    assert_eq!(crates[0].name, "pyo3");
}
