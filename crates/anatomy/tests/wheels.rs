//! Wheels that lie about themselves, each beside a healthy twin.
#![allow(clippy::unwrap_used)] // A wheel that cannot be read is a failed test.

mod binaries;

use std::io::Cursor;

use anatomy::wheel::{Hashes, inspect_wheel, inspect_wheel_from};
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
fn wr0601_spellings_are_no_difference() {
    // The name and version of the file, of the metadata's directory, and of METADATA itself.
    let message = |file: [&str; 2], directory: [&str; 2], inside: [&str; 2]| {
        let info = format!("{}-{}.dist-info", directory[0], directory[1]);
        let metadata = format!("Name: {}\nVersion: {}\n", inside[0], inside[1]);
        let record = format!("{info}/METADATA,,\n");
        let bytes = pack(&[
            (format!("{info}/METADATA"), metadata.into_bytes()),
            (format!("{info}/RECORD"), record.into_bytes()),
        ]);
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
        "the wheel is version 1.10 by its file's name and 11.0 by METADATA"
    );
    assert_eq!(
        message(fast, fast, ["fa_st", "1.0"]),
        "the wheel is called `fast` by its file's name and `fa_st` by METADATA"
    );
    assert_eq!(
        message(fast, ["slow", "1.0"], fast),
        "by its file's name the wheel's metadata lies in `fast-1.0.dist-info`, and it lies in `slow-1.0.dist-info`"
    );
}

#[test]
fn wr0601_metadata_twice() {
    let info = |name: &str, file: &str| format!("{name}-1.0.dist-info/{file}");
    let mut files = Vec::new();
    for name in ["fast", "aaa"] {
        let metadata = format!("Name: {name}\nVersion: 1.0\n");
        files.push((info(name, "METADATA"), metadata.into_bytes()));
        let record = ["fast", "aaa"]
            .map(|name| format!("{},,\n{},,\n", info(name, "METADATA"), info(name, "RECORD")));
        files.push((info(name, "RECORD"), record.concat().into_bytes()));
    }
    let inspection = inspect_wheel(&pack(&files), "fast-1.0-py3-none-any.whl").unwrap();
    assert_eq!(
        inspection.facts.dist_info,
        ["aaa-1.0.dist-info", "fast-1.0.dist-info"]
    );
    // The metadata is read from the directory that is the wheel's own.
    assert_eq!(inspection.facts.metadata.name.as_deref(), Some("fast"));
    let [finding] = inspection.diagnostics.as_slice() else {
        panic!("{:?}", inspection.diagnostics);
    };
    assert_eq!(
        finding.message,
        "the wheel has several directories of metadata: `aaa-1.0.dist-info`, `fast-1.0.dist-info`"
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
    // Each of several tags is a promise of its own.
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
fn wr0603_a_library_with_a_letter_in_its_version_is_there() {
    let needs = extension().needs("libssl-7f59e8e2.so.1.1.1k").build();
    let library = Elf::default().export("SSL_new").build();
    let files = [
        (SUFFIX, needs.as_slice()),
        ("fast.libs/libssl-7f59e8e2.so.1.1.1k", &library),
    ];
    assert_eq!(codes(NAME, &files), [""; 0]);
}

/// The messages of the findings.
fn messages(name: &str, files: &[(&str, &[u8])]) -> Vec<String> {
    let found = inspect_wheel(&wheel(name, files), name).unwrap();
    found
        .diagnostics
        .into_iter()
        .map(|finding| finding.message)
        .collect()
}

#[test]
fn wr0603_the_tag_is_quoted_as_it_is_written() {
    let newer = extension()
        .versioned("libm.so.6", "log2", "GLIBC_2.29")
        .needs("libfoo.so.1")
        .build();
    let name = "fast-1.0-cp312-cp312-manylinux2014_x86_64.whl";
    assert_eq!(
        messages(name, &[(SUFFIX, &newer)]),
        [format!(
            "the wheel is tagged `manylinux2014_x86_64` (an older name of `manylinux_2_17_x86_64`), but `{SUFFIX}` needs \
             GLIBC_2.29, and there is 1 more such need"
        )]
    );
    let message = &messages(NAME, &[(SUFFIX, &newer)])[0];
    assert!(
        message.starts_with("the wheel is tagged `manylinux_2_17_x86_64`, but"),
        "{message}"
    );
}

#[test]
fn wr0603_musl_serves_its_own_names() {
    let name = "fast-1.0-cp312-cp312-musllinux_1_2_x86_64.whl";
    let path = "fast.cpython-312-x86_64-linux-musl.so";
    let musl = || {
        Elf::default()
            .export("PyInit_fast")
            .import("PyList_New")
            .needs("libc.musl-x86_64.so.1")
    };
    let extension = musl().build();
    // A helper that is loaded by `ctypes`: musl takes itself for the names of glibc's libraries.
    let helper = Elf::default()
        .needs("libc.so.6")
        .needs("libm.so.6")
        .needs("libpthread.so.0")
        .build();
    let files = [(path, extension.as_slice()), ("fast/libhelp.so", &helper)];
    assert_eq!(codes(name, &files), [""; 0]);
    let foreign = musl().needs("libmystery.so.1").build();
    assert_eq!(codes(name, &[(path, &foreign)]), ["WR0603"]);
    // An extension for glibc asks for much that musl has not, which is all one cause.
    let gnu = Elf::default()
        .export("PyInit_fast")
        .needs("libc.so.6")
        .versioned("libgcc_s.so.1", "_Unwind_Resume", "GCC_3.0")
        .build();
    assert_eq!(
        messages(name, &[(path, &gnu)]),
        [format!(
            "the wheel is tagged `musllinux_1_2_x86_64`, but `{path}` was built for the GNU C library"
        )]
    );
    assert_eq!(
        messages(NAME, &[("fast.so", &extension)]),
        ["the wheel is tagged `manylinux_2_17_x86_64`, but `fast.so` was built for musl"]
    );
}

#[test]
fn wr0603_a_policy_that_the_table_has_not() {
    let name = "fast-1.0-cp312-cp312-manylinux_2_30_x86_64.whl";
    let check = |elf: Elf| codes(name, &[(SUFFIX, &elf.build())]);
    let needs_glibc = |version| extension().versioned("libc.so.6", "open", version);
    assert_eq!(check(needs_glibc("GLIBC_2.30")), [""; 0]);
    assert_eq!(check(needs_glibc("GLIBC_2.31")), ["WR0603"]);
    // What no newer policy has either is not promised.
    assert_eq!(check(extension().needs("libssl.so.3")), ["WR0603"]);
    // Of a policy newer than all in the table nothing but the number is known.
    let name = "fast-1.0-cp312-cp312-manylinux_3_0_x86_64.whl";
    let foreign = extension().needs("libssl.so.3").build();
    assert_eq!(codes(name, &[(SUFFIX, &foreign)]), [""; 0]);
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
fn wr0605_a_file_that_was_changed() {
    const METADATA: &str = "Name: fast\nVersion: 1.0\n";
    // What `hashlib.sha256` says of METADATA.
    const HASH: &str = "sha256=uL6_OYgNRs1tnocQy7NdL7p_-eilAJr6xLYRcNmOtpw";
    let look = |module: &str, metadata: &str| {
        let record = format!(
            "fast.py,sha256=x,{module}\nfast-1.0.dist-info/METADATA,{metadata}\nfast-1.0.dist-info/RECORD,,\n"
        );
        let files = [
            ("fast.py", "x = 1\n"),
            ("fast-1.0.dist-info/METADATA", METADATA),
            ("fast-1.0.dist-info/RECORD", &record),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
        inspect_wheel(&pack(&files), "fast-1.0-py3-none-any.whl").unwrap()
    };
    let healthy = look("6", &format!("{HASH},{}", METADATA.len()));
    assert_eq!(healthy.diagnostics, []);
    // The module is not read, so its hash is not known.
    assert_eq!(healthy.facts.hashed, 1);
    let check = |module: &str, metadata: &str, path: &str, recorded: &str| {
        let found = look(module, metadata);
        assert_eq!(found.diagnostics[0].code.as_str(), "WR0605");
        assert_eq!(
            found.diagnostics[0].message,
            format!("`{path}` is another file than RECORD says")
        );
        assert_eq!(found.facts.altered.len(), 1);
        assert_eq!(found.facts.altered[0].recorded, recorded);
    };
    check("5", "", "fast.py", "5 bytes");
    check(
        "6",
        "sha256=AAAA,",
        "fast-1.0.dist-info/METADATA",
        "sha256=AAAA",
    );
}

/// Another file of the same size: only its hash tells, and that is only computed where it is asked for.
#[test]
fn wr0605_a_binary_that_was_changed() {
    let elf = extension().build();
    let record = format!(
        "{SUFFIX},sha256=AAAA,{}\nfast-1.0.dist-info/METADATA,,\n",
        elf.len()
    );
    let bytes = pack(&[
        (SUFFIX.to_owned(), elf),
        (
            "fast-1.0.dist-info/METADATA".to_owned(),
            b"Name: fast\nVersion: 1.0\n".to_vec(),
        ),
        ("fast-1.0.dist-info/RECORD".to_owned(), record.into_bytes()),
    ]);
    let look = |hashes| inspect_wheel_from(Cursor::new(&bytes), NAME, hashes).unwrap();
    let quick = look(Hashes::OfTexts);
    assert_eq!((quick.facts.hashed, quick.diagnostics.len()), (0, 0));
    let thorough = look(Hashes::OfAll);
    assert_eq!(thorough.facts.hashed, 1);
    assert_eq!(
        thorough.diagnostics[0].message,
        format!("`{SUFFIX}` is another file than RECORD says")
    );
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
fn wr0102_what_others_are_linked_with_is_a_library() {
    let wrapper = Elf::default().import("PyList_New").build();
    let path = "fast/wrapper.cpython-312-x86_64-linux-gnu.so";
    let linked = extension()
        .needs("wrapper.cpython-312-x86_64-linux-gnu.so")
        .build();
    let alone = extension().build();
    assert_eq!(codes(NAME, &[(SUFFIX, &alone), (path, &wrapper)]), ["WR0102"]);
    let files = [(SUFFIX, linked.as_slice()), (path, &wrapper)];
    assert_eq!(codes(NAME, &files), [""; 0]);
    let facts = inspect_wheel(&wheel(NAME, &files), NAME).unwrap().facts;
    assert_eq!((facts.extensions.len(), facts.libraries.len()), (1, 1));
}

#[test]
fn programs_without_a_suffix_are_known_by_how_they_begin() {
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
