//! Wheels that lie about themselves, each beside a healthy twin.
#![allow(clippy::unwrap_used)] // A wheel that cannot be read is a failed test.

mod binaries;

use std::io::Cursor;

use anatomy::wheel::{Hashes, inspect_wheel, inspect_wheel_from};
use binaries::{Elf, for_macos, macho, pack, pe, record, universal, wheel, wheel_with};
use object::Architecture;

/// A file `WHEEL` of a wheel that is pure Python.
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
fn wr0601_spellings_are_no_difference() {
    // The name and version of the file, of the metadata's directory, and of METADATA itself.
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
    let needs = extension()
        .needs("libssl-7f59e8e2.so.1.1.1k")
        .rpath("$ORIGIN/fast.libs")
        .build();
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
fn wr0112_a_library_where_no_rpath_leads() {
    const A: &str = "liba-1234abcd.so.1";
    const B: &str = "libb-1234abcd.so.1";
    let library = || Elf::default().export("f");
    let check = |extension: Elf, a: Elf, places: [&str; 2]| {
        let [a_place, b_place] = places.map(str::to_owned);
        let files = [
            (format!("fast/{SUFFIX}"), extension.needs(A).build()),
            (format!("{a_place}/{A}"), a.build()),
            (format!("{b_place}/{B}"), library().build()),
        ];
        let files: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(path, data)| (path.as_str(), data.as_slice()))
            .collect();
        codes(NAME, &files)
    };
    let together = ["fast.libs", "fast.libs"];
    let there = "$ORIGIN/../fast.libs";
    assert_eq!(
        check(extension().rpath(there), library(), together),
        [""; 0]
    );
    assert_eq!(check(extension(), library(), together), ["WR0112"]);
    let elsewhere = ["elsewhere", "elsewhere"];
    assert_eq!(
        check(extension().rpath(there), library(), elsewhere),
        ["WR0112"]
    );
    // A library inherits RPATH of what loads it, and not RUNPATH; its own RUNPATH ends that.
    let needs = || library().needs(B);
    assert_eq!(check(extension().rpath(there), needs(), together), [""; 0]);
    assert_eq!(
        check(extension().runpath(there), needs(), together),
        ["WR0112"]
    );
    assert_eq!(
        check(
            extension().runpath(there),
            needs().rpath("$ORIGIN"),
            together
        ),
        [""; 0]
    );
    assert_eq!(
        check(
            extension().rpath(there),
            needs().runpath("$ORIGIN/none"),
            together
        ),
        ["WR0112"]
    );
    // What was loaded before is found by its name.
    assert_eq!(
        check(extension().needs(B).runpath(there), needs(), together),
        [""; 0]
    );
    // Out of the wheel there may be anything.
    assert_eq!(
        check(extension().rpath("$ORIGIN/../.."), library(), together),
        [""; 0]
    );
    // A library with a plain name may be there for `ctypes`.
    let plain = extension().needs("liba.so.1").build();
    let other = library().build();
    let files = [(SUFFIX, plain.as_slice()), ("data/liba.so.1", &other)];
    assert_eq!(codes(NAME, &files), [""; 0]);
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
fn wr0604_a_suffix_of_another_system() {
    let elf = extension().build();
    let check = |python: &str, platform: &str, suffix: &str| {
        let name = format!("fast-1.0-{python}-{python}-{platform}.whl");
        let file = format!("fast.{suffix}");
        codes(&name, &[(&file, &elf)])
    };
    for suffix in [
        "cpython-312-aarch64-linux-gnu.so",
        "cpython-312-x86_64-linux-musl.so",
        "cpython-312-darwin.so",
        "cp312-win_amd64.pyd",
    ] {
        assert_eq!(
            check("cp312", "manylinux_2_17_x86_64", suffix),
            ["WR0604"],
            "{suffix}"
        );
    }
    for suffix in ["cpython-312-x86_64-linux-gnu.so", "cpython-312.so", "so"] {
        assert_eq!(
            check("cp312", "manylinux_2_17_x86_64", suffix),
            [""; 0],
            "{suffix}"
        );
    }
    // Where the file is for another system, that says it all.
    let suffix = "cpython-312-x86_64-linux-gnu.so";
    assert_eq!(check("cp312", "win_amd64", suffix), ["WR0602"]);

    let musl = Elf::default()
        .export("PyInit_fast")
        .import("PyList_New")
        .build();
    let check = |python: &str, file: &str| {
        let name = format!("fast-1.0-{python}-{python}-musllinux_1_2_x86_64.whl");
        codes(&name, &[(file, &musl)])
    };
    assert_eq!(check("cp312", SUFFIX), ["WR0604"]);
    assert_eq!(check("cp310", &SUFFIX.replace("312", "310")), [""; 0]);
    assert_eq!(check("cp312", &SUFFIX.replace("gnu", "musl")), [""; 0]);

    let dll = pe(true, &["PyInit_fast"], "python312.dll", &["PyList_New"]);
    let name = "fast-1.0-cp312-cp312-win_amd64.whl";
    assert_eq!(
        codes(name, &[("fast.cp312-win_arm64.pyd", &dll)]),
        ["WR0604"]
    );
    assert_eq!(codes(name, &[("fast.cp312-win_amd64.pyd", &dll)]), [""; 0]);
}

#[test]
fn wr0604_every_python_and_a_file_for_one() {
    let elf = extension().build();
    let name = "fast-1.0-py3-none-manylinux_2_17_x86_64.whl";
    assert_eq!(
        messages(name, &[(SUFFIX, &elf)]),
        [format!(
            "the wheel is tagged `py3-none` for every Python 3, and Python 3.12 alone looks at `{SUFFIX}`"
        )]
    );
    let other = SUFFIX.replace("312", "313");
    assert_eq!(codes(name, &[(SUFFIX, &elf), (&other, &elf)]), [""; 0]);
    assert_eq!(codes(name, &[("fast.abi3.so", &elf)]), [""; 0]);
}

/// A pure wheel of these files, with whatever `RECORD` is given.
fn with_record(files: &[(&str, &[u8])], record: &str) -> Vec<u8> {
    let mut all: Vec<(String, Vec<u8>)> = files
        .iter()
        .map(|(path, data)| ((*path).to_owned(), data.to_vec()))
        .collect();
    for (file, data) in [
        ("METADATA", METADATA.as_bytes()),
        ("WHEEL", HEAD),
        ("RECORD", record.as_bytes()),
    ] {
        all.push((format!("fast-1.0.dist-info/{file}"), data.to_vec()));
    }
    pack(&all)
}

const METADATA: &str = "Name: fast\nVersion: 1.0\n";

/// The lines of a `RECORD` for the two other files of [`with_record`], with what `hashlib.sha256` says of them.
const RECORDED: &str = "\
fast-1.0.dist-info/METADATA,sha256=uL6_OYgNRs1tnocQy7NdL7p_-eilAJr6xLYRcNmOtpw,24
fast-1.0.dist-info/WHEEL,sha256=JCVX9z8V-js2aV5qmQR2E3fiCs-Yu3vPO91cCBmO1JM,59
";

const PURE: &str = "fast-1.0-py3-none-any.whl";

#[test]
fn wr0605_a_record_that_lists_something_else() {
    let found = inspect_wheel(&with_record(&[("fast.py", b"")], RECORDED), PURE).unwrap();
    assert_eq!(found.diagnostics[0].code.as_str(), "WR0605");
    assert_eq!(found.facts.unrecorded, ["fast.py"]);
}

#[test]
fn wr0605_a_file_that_was_changed() {
    // What `hashlib.sha256` says of the module.
    const MODULE: &str = "sha256=nia_NpkRxFwkPGhBR7I_yeHc_PJX0pmhxjIBam_NM_Q";
    let look = |module: &str, metadata: &str| {
        let recorded = RECORDED.replace("sha256=uL6", metadata);
        let record = format!("fast.py,{module}\n{recorded}");
        inspect_wheel(&with_record(&[("fast.py", b"x = 1\n")], &record), PURE).unwrap()
    };
    let healthy = look(&format!("{MODULE},6"), "sha256=uL6");
    assert_eq!(healthy.diagnostics, []);
    assert_eq!(healthy.facts.hashed, 3);
    let check = |module: &str, metadata: &str, path: &str, recorded: &str| {
        let found = look(module, metadata);
        assert_eq!(found.diagnostics[0].code.as_str(), "WR0605");
        assert_eq!(
            found.diagnostics[0].message,
            format!("`{path}` is another file than RECORD says")
        );
        assert_eq!(found.facts.altered.len(), 1);
        assert!(found.facts.altered[0].recorded.starts_with(recorded));
    };
    check(&format!("{MODULE},5"), "sha256=uL6", "fast.py", "5 bytes");
    check("sha256=AAAA,6", "sha256=uL6", "fast.py", "sha256=AAAA");
    check(
        &format!("{MODULE},6"),
        "sha256=AAAA",
        "fast-1.0.dist-info/METADATA",
        "sha256=AAAA",
    );
}

/// Another file of the same size: only its hash tells, and that is only computed where it is asked for.
#[test]
fn wr0605_hashes_of_more_than_texts_are_compared_when_asked_for() {
    let files: [(&str, &[u8]); 2] = [("fast.py", b"x = 1\n"), ("libfast.so", b"not one")];
    for changed in 0..2 {
        let line = |index: usize| {
            let (path, data) = files[index];
            if index == changed {
                format!("{path},sha256=AAAA,{}\n", data.len())
            } else {
                String::from_utf8(record("", &[(path.to_owned(), data.to_vec())]).1)
                    .unwrap()
                    .replace("/RECORD,,\n", "")
            }
        };
        let bytes = with_record(&files, &format!("{}{}{RECORDED}", line(0), line(1)));
        let look = |hashes| inspect_wheel_from(Cursor::new(&bytes), PURE, hashes).unwrap();
        let quick = look(Hashes::OfTexts);
        assert_eq!((quick.facts.hashed, quick.diagnostics.len()), (2, 0));
        let thorough = look(Hashes::OfAll);
        assert_eq!(thorough.facts.hashed, 4);
        assert_eq!(
            thorough.diagnostics[0].message,
            format!("`{}` is another file than RECORD says", files[changed].0)
        );
    }
}

/// A finding of a pure wheel of these files with this `RECORD` for them.
fn of_record(files: &[(&str, &[u8])], record: &str) -> Vec<String> {
    let found = inspect_wheel(&with_record(files, &format!("{record}{RECORDED}")), PURE);
    let found = found.unwrap().diagnostics;
    found
        .into_iter()
        .map(|finding| format!("{} {}", finding.code, finding.message))
        .collect()
}

#[test]
fn wr0605_hashes_that_say_too_little() {
    let files: [(&str, &[u8]); 2] = [("a.py", b""), ("b.py", b"")];
    assert_eq!(
        of_record(&files, "a.py,md5=1B2M2Y8AsgTpgAmY7PhCfg,0\nb.py,sha1=x,0\n"),
        ["WR0605 `a.py` has a hash in RECORD that is too weak, and 1 other"]
    );
    assert_eq!(
        of_record(&files, "a.py,,0\nb.py,,0\n"),
        ["WR0605 `a.py` has no hash in RECORD, and 1 other"]
    );
    // What `hashlib` says of nothing.
    let good = "a.py,sha512=z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg_SpIdNs6c5H0NE8XYXysP-DGNKHfuwvY7kxvUdBeoGlODJ6-SfaPg,0\n\
                b.py,sha384=OLBgp1GsljhM2TJ-sbHjaiH9txEUvgdDTAzHv2P24donTt6_529l-9Ua0vFImLlb,0\n";
    assert_eq!(of_record(&files, good), [""; 0]);
    assert_eq!(
        of_record(&files, &good.replace("sha512=z", "sha512=y")),
        ["WR0605 `a.py` is another file than RECORD says"]
    );
}

#[test]
fn wr0605_a_directory_that_is_listed_is_there() {
    let check = |directory: &str| {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        zip.add_directory("fast/", options).unwrap();
        let info = "fast-1.0.dist-info";
        let mut files = vec![
            (format!("{info}/METADATA"), METADATA.as_bytes().to_vec()),
            (format!("{info}/WHEEL"), HEAD.to_vec()),
        ];
        let (path, mut text) = record(info, &files);
        text.extend(
            format!("{directory},sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\n").bytes(),
        );
        files.push((path, text));
        for (path, data) in files {
            zip.start_file(path, options).unwrap();
            std::io::Write::write_all(&mut zip, &data).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        inspect_wheel(&bytes, PURE).unwrap().facts.missing
    };
    assert_eq!(check("fast/"), [""; 0]);
    assert_eq!(check("slow/"), ["slow/"]);
}

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
        ["`fast/A.py` and `fast/a.py` are one file where case does not count"]
    );
    assert_eq!(codes(PURE, &files[1..]), [""; 0]);
}

#[test]
fn wr0611_a_macos_that_is_too_new() {
    let file = "fast.cpython-312-darwin.so";
    let library = "/usr/lib/libSystem.B.dylib";
    let image = |architecture, major, minor| {
        for_macos(
            &macho(architecture, &["PyInit_fast"], library),
            major,
            minor,
        )
    };
    let check = |platform: &str, binary: &[u8]| {
        let name = format!("fast-1.0-cp312-cp312-{platform}.whl");
        messages(&name, &[(file, binary)])
    };
    let arm = image(Architecture::Aarch64, 14, 0);
    assert_eq!(
        check("macosx_11_0_arm64", &arm),
        [format!(
            "the wheel is tagged `macosx_11_0_arm64`, but `{file}` was built for macOS 14.0 or newer"
        )]
    );
    assert_eq!(check("macosx_14_0_arm64", &arm), [""; 0]);
    // Tags have no second number from 11 on.
    let patched = image(Architecture::Aarch64, 11, 3);
    assert_eq!(check("macosx_11_0_arm64", &patched), [""; 0]);
    // Apple's own processors begin with 11.0, so an older tag says that of them.
    let intel = image(Architecture::X86_64, 10, 13);
    let both = universal(&[&intel, &image(Architecture::Aarch64, 11, 0)]);
    assert_eq!(check("macosx_10_13_universal2", &both), [""; 0]);
    assert_eq!(check("macosx_10_9_universal2", &both).len(), 1);
    assert_eq!(check("macosx_10_9_x86_64", &intel).len(), 1);
    assert_eq!(
        check("macosx_11_0_x86_64", &image(Architecture::X86_64, 10, 16)),
        [""; 0]
    );
}

#[test]
fn links_are_called_links() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.add_symlink("fast/link.so", "/etc/passwd", options)
        .unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    let facts = inspect_wheel(&bytes, NAME).unwrap().facts;
    assert_eq!(
        facts.unreadable[0].reason,
        "this is a symbolic link to `/etc/passwd`, which installers unpack as a file of text"
    );
}

#[test]
fn programs_in_packages_keep_to_the_policy() {
    let program = Elf::default()
        .executable()
        .versioned("libc.so.6", "open", "GLIBC_2.38")
        .build();
    let check = |path: &str, mode: u32, data: &[u8]| {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().unix_permissions(mode);
        zip.start_file(path, options).unwrap();
        std::io::Write::write_all(&mut zip, data).unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        let found = inspect_wheel(&bytes, NAME).unwrap();
        let is_untrue = found
            .diagnostics
            .iter()
            .any(|one| one.code.as_str() == "WR0603");
        (found.facts.libraries.len(), is_untrue)
    };
    assert_eq!(check("fast/bin/run", 0o644, &program), (1, true));
    assert_eq!(check("fast/bin/run.bin", 0o755, &program), (1, true));
    assert_eq!(check("fast/data.bin", 0o644, &program), (0, false));
    // Text that happens to begin like PE, and a class of Java, which begins like a universal file.
    let text = ["MZ is no program: ", &"it is text ".repeat(9)].concat();
    assert_eq!(check("fast/text", 0o755, text.as_bytes()), (0, false));
    let class = b"\xca\xfe\xba\xbe\0\0\0\x34";
    assert_eq!(check("fast/Fast.class", 0o755, class), (0, false));
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

/// The codes and messages of a wheel whose `METADATA` and `WHEEL` were changed.
fn told(name: &str, change: impl Fn(&str, String) -> String) -> Vec<String> {
    let bytes = wheel_with(name, &[("fast/__init__.py", b"")], change);
    let found = inspect_wheel(&bytes, name).unwrap().diagnostics;
    found
        .into_iter()
        .map(|finding| format!("{} {}", finding.code, finding.message))
        .collect()
}

#[test]
fn wr0608_what_installers_refuse() {
    let check = |file: &'static str, from: &str, to: &str| {
        told(NAME, |changed, text| {
            if changed == file {
                assert!(text.contains(from), "{text}");
                text.replace(from, to)
            } else {
                text
            }
        })
    };
    assert_eq!(check("WHEEL", "by hand", "by hand"), [""; 0]);
    assert_eq!(
        check("WHEEL", "Wheel-Version: 1.0", "Wheel-Version: 2.0"),
        ["WR0608 the wheel's format is 2.0, which installers do not know"]
    );
    assert_eq!(
        check("WHEEL", "Wheel-Version: 1.0", "Wheel-Version: 1.9"),
        ["WR0608 the wheel's format is 1.9, which installers warn of"]
    );
    assert_eq!(
        check("WHEEL", "Wheel-Version: 1.0", "Wheel-Version: one"),
        ["WR0608 `one` in WHEEL is no version of the format"]
    );
    assert_eq!(
        check("WHEEL", "Wheel-Version: 1.0\n", ""),
        ["WR0608 WHEEL does not say which version of the format the wheel has"]
    );
    assert_eq!(
        check("WHEEL", "Tag: ", "No-Tag: "),
        ["WR0608 WHEEL has no tags, which say for which Pythons and systems the wheel is"]
    );
    assert_eq!(
        check("METADATA", "Name: fast\n", ""),
        ["WR0608 METADATA has no `Name`"]
    );
    assert_eq!(
        check("METADATA", "Version: 1.0\n", "Version:\n"),
        ["WR0608 METADATA has no `Version`"]
    );
    let rest = NAME.strip_prefix("fast-1.0").unwrap();
    assert_eq!(
        told(&format!("fast-new{rest}"), |_, text| text),
        ["WR0608 `new` in the file's name is no version by PEP 440"]
    );
    assert_eq!(
        told(&format!("fast-1.0-abc{rest}"), |_, text| text),
        ["WR0608 `abc` in the file's name is no build number, which begins with a digit"]
    );
    assert_eq!(
        told(&format!("fast-1.0-1abc{rest}"), |_, text| text),
        [""; 0]
    );
}

#[test]
fn wr0608_files_that_are_missing() {
    let info = "fast-1.0.dist-info";
    let file = |name: &str, data: &[u8]| (format!("{info}/{name}"), data.to_vec());
    let check = |mut files: Vec<(String, Vec<u8>)>| {
        if !files.is_empty() {
            files.push(record(info, &files));
        }
        let found = inspect_wheel(&pack(&files), PURE).unwrap().diagnostics;
        let [finding] = found.as_slice() else {
            panic!("{found:?}");
        };
        assert_eq!(finding.code.as_str(), "WR0608");
        finding.message.clone()
    };
    assert_eq!(
        check(vec![file("METADATA", METADATA.as_bytes())]),
        "the wheel has no file WHEEL in its `.dist-info`"
    );
    assert_eq!(
        check(vec![file("WHEEL", HEAD)]),
        "the wheel has no file METADATA in its `.dist-info`"
    );
    assert_eq!(
        check(vec![
            file("METADATA", METADATA.as_bytes()),
            file("WHEEL", b"\xff\xfe\x80")
        ]),
        "the wheel's file WHEEL is not readable: it is no text in UTF-8"
    );
    assert_eq!(
        check(Vec::new()),
        "the wheel has no `.dist-info` directory, in which its metadata lies"
    );
}

#[test]
fn wr0609_a_python_that_may_not_install_it() {
    let check = |tag: &str, required: &str| {
        let name = format!("fast-1.0-{tag}-manylinux_2_17_x86_64.whl");
        told(&name, |file, text| match file {
            "METADATA" => format!("{text}Requires-Python: {required}\n"),
            _ => text,
        })
    };
    assert_eq!(
        check("cp312-cp312", ">=3.13"),
        [
            "WR0609 no Python can install the wheel: it is tagged `cp312-cp312`, and requires Python `>=3.13`"
        ]
    );
    for (tag, required) in [
        ("cp312-cp312", "<3.12"),
        ("pp310-pypy310_pp73", ">=3.11"),
        ("cp312-abi3", "<3.12"),
        ("py3-none", "<3"),
        ("cp27-cp27mu", ">=3"),
    ] {
        assert_eq!(check(tag, required).len(), 1, "{tag} {required}");
    }
    for (tag, required) in [
        ("cp312-cp312", ">=3.9"),
        ("cp312-cp312", "==3.12.*"),
        ("cp312-cp312", ">=3.12.4,<3.12.6"),
        ("cp39-abi3", ">=3.13"),
        ("py3-none", ">=3.13"),
        ("py2.py3-none", ">=3.13"),
        ("cp311.cp312-cp312", ">=3.12"),
        ("xy12-none", ">=3.13"),
        ("cp312-cp312", "no requirement"),
    ] {
        assert_eq!(check(tag, required), [""; 0], "{tag} {required}");
    }
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
