//! Wheels that lie about themselves, each next to a healthy twin.
#![allow(clippy::unwrap_used)] // A wheel that can't be read fails the test.

#[path = "../binaries/mod.rs"]
mod binaries;
mod contents;
mod mobile;
mod policy;
mod record;
mod refused;
mod retagged;
mod suffix;
mod zips;

use std::io::Cursor;

use binaries::{Elf, for_apple, for_macos, macho, pack, pe, record, universal, wheel, wheel_with};
use object::Architecture;
use wr_anatomy::wheel::{Hashes, inspect_wheel, inspect_wheel_from};

/// A pure Python wheel's `WHEEL` file.
const HEAD: &[u8] = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n";

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
fn wr0601_spelling_does_not_matter() {
    // The name and version in the file name, the metadata directory, and METADATA itself.
    let message = |file: [&str; 2], directory: [&str; 2], inside: [&str; 2]| {
        let info = format!("{}-{}.dist-info", directory[0], directory[1]);
        let metadata = format!("Name: {}\nVersion: {}\n", inside[0], inside[1]);
        let mut files = vec![
            (format!("{info}/METADATA"), metadata.into_bytes()),
            (format!("{info}/WHEEL"), HEAD.to_vec()),
        ];
        files.push(record(&info, &files));
        let bytes = pack(&files);
        let name = format!("{}-{}-py3-none-any.whl", file[0], file[1]);
        let found = inspect_wheel(&bytes, &name).unwrap().diagnostics;
        assert!(found.iter().all(|one| one.code.as_str() == "WR0601"));
        found
            .first()
            .map(|one| one.message.clone())
            .unwrap_or_default()
    };
    let fast = ["fast", "1.0"];
    assert_eq!(message(fast, fast, fast), "");
    assert_eq!(message(fast, fast, ["Fast", "1.0.0"]), "");
    assert_eq!(
        message(
            ["My_Fast", "1.0rc1"],
            ["my_fast", "1.0rc1"],
            ["my.fast", "1.0.RC1"]
        ),
        ""
    );
    assert_eq!(
        message(["fast", "1.10"], ["fast", "1.10"], ["fast", "11.0"]),
        "the wheel has version 1.10 in its file name but 11.0 in METADATA"
    );
    assert_eq!(
        message(fast, fast, ["fa_st", "1.0"]),
        "the wheel is named `fast` in its file name but `fa_st` in METADATA"
    );
    assert_eq!(
        message(fast, ["slow", "1.0"], fast),
        "the wheel's file name says that its metadata is in `fast-1.0.dist-info`, but it's in `slow-1.0.dist-info`"
    );
}

#[test]
fn wr0601_metadata_twice() {
    let info = |name: &str, file: &str| format!("{name}-1.0.dist-info/{file}");
    let mut files = Vec::new();
    for name in ["fast", "aaa"] {
        let metadata = format!("Name: {name}\nVersion: 1.0\n");
        files.push((info(name, "METADATA"), metadata.into_bytes()));
        files.push((info(name, "WHEEL"), HEAD.to_vec()));
    }
    for name in ["aaa", "fast"] {
        files.push(record(&format!("{name}-1.0.dist-info"), &files));
    }
    let inspection = inspect_wheel(&pack(&files), "fast-1.0-py3-none-any.whl").unwrap();
    assert_eq!(
        inspection.facts.dist_info,
        ["aaa-1.0.dist-info", "fast-1.0.dist-info"]
    );
    // The metadata is read from the wheel's own directory.
    assert_eq!(inspection.facts.metadata.name.as_deref(), Some("fast"));
    let [finding] = inspection.diagnostics.as_slice() else {
        panic!("{:?}", inspection.diagnostics);
    };
    assert_eq!(
        finding.message,
        "the wheel has several metadata directories: `aaa-1.0.dist-info`, `fast-1.0.dist-info`"
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
    // Each of several tags is a separate promise.
    let name = "fast-1.0-cp312-cp312-macosx_10_12_x86_64.macosx_11_0_arm64.whl";
    assert_eq!(codes(name, &[(file, &arm)]), ["WR0602"]);
    assert_eq!(codes(name, &[(file, &both)]), [""; 0]);
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

/// The findings' messages.
fn messages(name: &str, files: &[(&str, &[u8])]) -> Vec<String> {
    let found = inspect_wheel(&wheel(name, files), name).unwrap();
    found
        .diagnostics
        .into_iter()
        .map(|finding| finding.message)
        .collect()
}

const METADATA: &str = "Name: fast\nVersion: 1.0\n";

const PURE: &str = "fast-1.0-py3-none-any.whl";

#[test]
fn wr0606_root_is_purelib() {
    let elf = extension().build();
    let check = |files: &[(&str, &[u8])]| {
        let bytes = wheel_with(NAME, files, |_, text| {
            text.replace("Purelib: false", "Purelib: true")
        });
        let found = inspect_wheel(&bytes, NAME).unwrap().diagnostics;
        let codes: Vec<String> = found.iter().map(|one| one.code.to_string()).collect();
        codes
    };
    assert_eq!(check(&[(SUFFIX, &elf)]), ["WR0606"]);
    assert_eq!(check(&[("fast.py", b"")]), [""; 0]);
}

#[test]
fn wr0610_names_that_differ_in_case() {
    let files: [(&str, &[u8]); 3] = [("fast/a.py", b""), ("fast/A.py", b"x"), ("fast/b.py", b"")];
    assert_eq!(
        messages(PURE, &files),
        ["`fast/A.py` and `fast/a.py` are the same file on a case-insensitive file system"]
    );
    assert_eq!(codes(PURE, &files[1..]), [""; 0]);
}

#[test]
fn links_are_reported_as_links() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.add_symlink("fast/link.so", "/etc/passwd", options)
        .unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    let facts = inspect_wheel(&bytes, NAME).unwrap().facts;
    assert_eq!(
        facts.unreadable[0].reason,
        "this is a symbolic link to `/etc/passwd`, which installers unpack as a text file"
    );
}

#[test]
fn wr0606_and_wr0607_tags_that_promise_too_much_or_too_little() {
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
fn wr0607_old_arm_has_no_better_tag() {
    let of = |platform: &str| codes(&format!("fast-1.0-py3-none-{platform}.whl"), &[]);
    assert_eq!(of("linux_armv6l"), [""; 0]);
    assert_eq!(of("linux_armv6l.linux_armv7l"), [""; 0]);
    assert_eq!(of("linux_aarch64"), ["WR0607"]);
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
fn wr0102_a_binary_that_others_link_is_a_library() {
    let wrapper = Elf::default().import("PyList_New").build();
    let path = "fast/wrapper.cpython-312-x86_64-linux-gnu.so";
    let linked = extension()
        .needs("wrapper.cpython-312-x86_64-linux-gnu.so")
        .build();
    let alone = extension().build();
    assert_eq!(
        codes(NAME, &[(SUFFIX, &alone), (path, &wrapper)]),
        ["WR0102"]
    );
    let files = [(SUFFIX, linked.as_slice()), (path, &wrapper)];
    assert_eq!(codes(NAME, &files), [""; 0]);
    let facts = inspect_wheel(&wheel(NAME, &files), NAME).unwrap().facts;
    assert_eq!((facts.extensions.len(), facts.libraries.len()), (1, 1));
}

#[test]
fn programs_without_a_suffix_are_recognised_by_their_first_bytes() {
    // The last has offsets of 64 bits.
    for head in [
        b"\x7fELF",
        b"\xcf\xfa\xed\xfe",
        b"\xca\xfe\xba\xbe",
        b"\xca\xfe\xba\xbf",
    ] {
        let bytes = wheel(NAME, &[("fast-1.0.data/scripts/fast", head)]);
        let facts = inspect_wheel(&bytes, NAME).unwrap().facts;
        assert_eq!(facts.unreadable.len(), 1, "{head:?}");
    }
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
