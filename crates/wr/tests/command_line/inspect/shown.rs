//! The exact output for each kind of target, and how the command ends.

use testkit::workshop;

use super::binaries::{Elf, Wasm, archive_of, macho, pack, pe, pe_by_number, universal};
use super::{WHEEL, beyond_the_stable_abi, extension, put_project, put_wheel};
use crate::snapshots::compare;
use object::Architecture;

#[test]
fn a_library() {
    let at = workshop!("inspect-library");
    at.write("fast/_fast.abi3.so", extension().build());
    compare(
        &at,
        "inspect_library",
        at.wr(["inspect", "fast/_fast.abi3.so"]),
    );
    compare(
        &at,
        "inspect_library_verbose",
        at.wr(["inspect", "fast/_fast.abi3.so", "--verbose"]),
    );
    compare(
        &at,
        "inspect_library_colour",
        at.wr(["inspect", "fast/_fast.abi3.so", "--color", "always"]),
    );
    at.write("_fast.abi3.so", beyond_the_stable_abi().build());
    compare(
        &at,
        "inspect_library_findings",
        at.wr(["inspect", "_fast.abi3.so"]),
    );
}

#[test]
fn other_formats() {
    let at = workshop!("inspect-formats");
    let slice = |architecture| macho(architecture, &["PyInit_fast"], "/usr/lib/libSystem.B.dylib");
    let both = universal(&[&slice(Architecture::X86_64), &slice(Architecture::Aarch64)]);
    at.write("fast.cpython-312-darwin.so", both)
        .write("libfast.rlib", archive_of(&[("lib.rmeta", b"metadata")]));
    compare(
        &at,
        "inspect_universal",
        at.wr(["inspect", "fast.cpython-312-darwin.so"]),
    );
    compare(&at, "inspect_rlib", at.wr(["inspect", "libfast.rlib"]));
}

#[test]
fn a_wheel() {
    let at = workshop!("inspect-wheel");
    put_wheel(&at, WHEEL, &extension());
    compare(&at, "inspect_wheel", at.wr(["inspect", WHEEL]));
}

#[test]
fn the_newest_required_python_is_reported() {
    let at = workshop!("inspect-promised");
    let name = "fast-1.0-cp310-abi3-manylinux_2_17_x86_64.whl";
    put_wheel(&at, &format!("dist/{name}"), &extension());
    let pyd = pe(true, &["PyInit_fast"], "python312.dll", &["PyList_New"]);
    let windows = "slow-1.0-cp312-cp312-win_amd64.whl";
    let files: [(&str, &[u8]); 1] = [("fast.pyd", &pyd)];
    at.write(format!("dist/{windows}"), super::wheel(windows, &files))
        .write("fast.pyd", pyd);
    let wheel = at.wr(["inspect", &format!("dist/{name}")]).run();
    wheel
        .says("loads under Python 3.10 and later (abi3)")
        .never_says("3.5");
    at.wr(["inspect", &format!("dist/{name}"), "--verbose"])
        .run()
        .says("its symbols alone would allow Python 3.5 too");
    at.wr(["inspect", "dist"])
        .run()
        .says("Python 3.10 and later")
        .says("Python 3.12 only")
        .never_says("one Python version");
    let document = at.wr(["inspect", "dist", "--format", "json"]).run().json();
    let wheel = |at: usize| &document["reports"][at]["wheel"];
    assert_eq!(wheel(0)["promised_python"], "3.10");
    assert_eq!(wheel(1)["promised_python"], "3.12");
}

#[test]
fn archives_in_a_wheel_are_listed_but_not_opened() {
    let at = workshop!("inspect-nested");
    let inner = pack(&[("../evil.so".to_owned(), extension().build())]);
    let files: [(&str, &[u8]); 2] = [
        ("fast/_fast.abi3.so", &extension().build()),
        ("fast/data.zip", &inner),
    ];
    at.write(WHEEL, super::wheel(WHEEL, &files));
    let outcome = at.wr(["inspect", WHEEL]).run();
    outcome
        .status(0)
        .says("not opened: fast/data.zip")
        .never_says("evil");
}

#[test]
fn a_directory_of_wheels_is_a_table() {
    let at = workshop!("inspect-directory");
    put_wheel(&at, &format!("dist/{WHEEL}"), &extension());
    put_wheel(
        &at,
        "dist/slow-2.0-cp39-abi3-manylinux_2_17_x86_64.whl",
        &beyond_the_stable_abi(),
    );
    put_wheel(
        &at,
        "dist/old/fast-0.9-cp39-abi3-linux_x86_64.whl",
        &extension(),
    );
    compare(&at, "inspect_directory", at.wr(["inspect", "dist"]));
}

#[test]
fn a_project_with_a_defect() {
    let at = workshop!("inspect-project");
    put_project(&at, "fast");
    compare(&at, "inspect_project", at.wr(["inspect", "fast"]));
    // A directory that only contains projects shows each of them.
    at.wr(["inspect", "."]).run().status(0).says("WR0101");
}

#[test]
fn a_broken_manifest_is_reported_with_its_location() {
    let at = workshop!("inspect-broken");
    put_project(&at, "fast");
    at.write(
        "fast/pyproject.toml",
        "[project]\nname = \"fast\nversion = 1\n",
    );
    let outcome = at.wr(["inspect", "fast"]).run();
    outcome.fails("fast/pyproject.toml: 2:13", "fix the manifest");
}

#[test]
fn check_exits_with_1_if_there_is_a_finding() {
    let at = workshop!("inspect-check");
    at.write(
        "_good.abi3.so",
        Elf::default().export("PyInit__good").build(),
    )
    .write("_fast.abi3.so", beyond_the_stable_abi().build());
    let status = |args: &[&str], expected: i32| {
        at.wr([&["inspect"], args].concat()).run().status(expected);
    };
    status(&["_good.abi3.so", "--check"], 0);
    status(&["_fast.abi3.so"], 0);
    status(&["_fast.abi3.so", "--check"], 1);
    status(&["_good.abi3.so", "_fast.abi3.so", "--check"], 1);
    status(&["_fast.abi3.so", "--check", "--ignore", "WR0108"], 0);
    status(&["_fast.abi3.so", "--check", "--ignore", "wr01"], 0);
    status(&["_fast.abi3.so", "--check", "--select", "WR06,WR02"], 0);
    status(&["_fast.abi3.so", "--check", "--select", "WR06,WR0108"], 1);
    status(
        &[
            "_fast.abi3.so",
            "--check",
            "--ignore",
            "WR01",
            "--select",
            "WR0108",
        ],
        1,
    );
    let hidden = at
        .wr(["inspect", "_fast.abi3.so", "--ignore", "WR0108"])
        .run();
    hidden.never_says("WR0108").says("nothing wrong was found");
    // An unreadable target takes precedence over findings.
    status(&["_fast.abi3.so", "nothing.so", "--check"], 2);
}

#[test]
fn codes_that_do_not_exist_are_refused() {
    let at = workshop!("inspect-codes");
    at.write("_fast.abi3.so", extension().build());
    for flag in ["--select", "--ignore"] {
        at.wr(["inspect", "_fast.abi3.so", flag, "WR01,WR99"])
            .run()
            .fails("begins with `WR99`", "`wr explain` lists all codes");
    }
}

#[test]
fn many_targets_keep_their_order() {
    let at = workshop!("inspect-order");
    let mut args = vec![
        "inspect".to_owned(),
        "--format".to_owned(),
        "json".to_owned(),
    ];
    for number in (0..24).rev() {
        let file = format!("m{number}.abi3.so");
        at.write(
            &file,
            Elf::default().export(&format!("PyInit_m{number}")).build(),
        );
        args.push(file);
    }
    let document = at.wr(&args).run().json();
    let named: Vec<&str> = document["reports"]
        .as_array()
        .unwrap()
        .iter()
        .map(|report| report["target"].as_str().unwrap())
        .collect();
    assert_eq!(named, args[3..]);
}

#[test]
fn a_wheels_promises_are_not_repeated_as_facts() {
    let at = workshop!("inspect-promise");
    let newer = extension().versioned("libm.so.6", "log2", "GLIBC_2.29");
    put_wheel(&at, WHEEL, &newer);
    at.wr(["inspect", WHEEL])
        .run()
        .says("WR0603")
        .says("complies with manylinux_2_31");
}

#[test]
fn differences_from_record_are_counted() {
    let at = workshop!("inspect-record");
    let record = "fast.py,,5\ngone.py,,\n";
    let files = [
        ("fast.py", "x = 1\n"),
        ("more.py", ""),
        ("fast-1.0.dist-info/RECORD", record),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let name = "fast-1.0-py3-none-any.whl";
    at.write(name, pack(&files));
    at.wr(["inspect", name])
        .run()
        .says("RECORD leaves out 1 and lists 1 missing file and is wrong about 1");
}

#[test]
fn later_additions_to_the_stable_abi_do_not_make_a_build_newer() {
    let at = workshop!("inspect-joined-later");
    // `PyObject_Vectorcall` is in every Python since 3.9, and in the stable ABI since 3.12.
    let elf = extension().import("PyObject_Vectorcall");
    for name in ["_fast.cpython-311-x86_64-linux-gnu.so", "_fast.so"] {
        at.write(name, elf.build());
        at.write(format!("both/{name}"), elf.build());
        at.wr(["inspect", name])
            .run()
            .says("stable since Python 3.12")
            .never_says("loads under");
    }
    at.wr(["inspect", "both"])
        .run()
        .says("CPython 3.11 only")
        .says("Python 3.12 and later, if built for abi3");
}

#[test]
fn android_and_windows_headers_are_shown() {
    let at = workshop!("inspect-systems");
    let note: Vec<u8> = [&[24, 0, 0, 0][..], b"r27c", &[0; 60], b"12479018", &[0; 56]].concat();
    let android = Elf::default()
        .export("PyInit_fast")
        .note(".note.android.ident", "Android", 1, &note)
        .segment(1, 5, 0x4000);
    at.write("fast.so", android.build());
    at.wr(["inspect", "fast.so"])
        .run()
        .says("for x86_64, Android")
        .says("needs Android API level 24 or newer")
        .says("aligned for 16 KiB pages");
    at.wr(["inspect", "fast.so", "--verbose"])
        .run()
        .says("NDK r27c, build 12479018");
    let document = at
        .wr(["inspect", "fast.so", "--format", "json"])
        .run()
        .json();
    let image = &document["reports"][0]["binary"]["images"][0];
    assert_eq!(image["android"]["api"], 24);
    assert_eq!(image["segment_alignment"], 16384);
    at.write(
        "fast.pyd",
        pe_by_number(true, &["PyInit_fast"], "python3.dll", &[45, 7]),
    );
    at.wr(["inspect", "fast.pyd"])
        .run()
        .says("imports functions by number: 2 of python3.dll")
        .says("no ASLR");
}

#[test]
fn a_webassembly_module_is_shown() {
    let at = workshop!("inspect-wasm");
    let module = Wasm::default()
        .export("PyInit_fast")
        .import("PyList_New")
        .import("PyUnicode_AsUTF8")
        .needs("libz.so")
        .producers(&[("rustc", "1.95.0 (abc 2026-04-01)")])
        .features(&["simd128"]);
    at.write("fast.cpython-314-wasm32-emscripten.so", module.build());
    compare(
        &at,
        "inspect_wasm",
        at.wr(["inspect", "fast.cpython-314-wasm32-emscripten.so"]),
    );
    at.wr([
        "inspect",
        "fast.cpython-314-wasm32-emscripten.so",
        "--verbose",
    ])
    .run()
    .says("uses the features")
    .says("simd128");
}

#[test]
fn comparing_all_hashes_is_reported_only_if_true() {
    let at = workshop!("inspect-compared");
    put_wheel(&at, WHEEL, &extension());
    at.wr(["inspect", WHEEL])
        .run()
        .says("RECORD lists all (2 of 4 hashes compared)");
    at.wr(["inspect", WHEEL, "--check"])
        .run()
        .status(0)
        .says("RECORD lists all (all 4 hashes compared)");

    // A kind of hash that isn't computed.
    let record = "fast.py,blake2b=AAAA,6\nfast-1.0.dist-info/RECORD,,\n";
    let files = [
        ("fast.py", "x = 1\n"),
        ("fast-1.0.dist-info/RECORD", record),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let name = "fast-1.0-py3-none-any.whl";
    at.write(name, pack(&files));
    at.wr(["inspect", name, "--check"])
        .run()
        .status(1)
        .says("RECORD lists all (0 of 1 hash compared)")
        .says("fast.py: its hash is of the kind `blake2b`")
        .says("WR0614");
    let document = at
        .wr(["inspect", name, "--check", "--format", "json"])
        .run()
        .json();
    let wheel = &document["reports"][0]["wheel"];
    assert_eq!((&wheel["hashed"], &wheel["hashes"]), (&0.into(), &1.into()));
    assert_eq!(wheel["uncompared"][0]["path"], "fast.py");
}

#[test]
fn damage_is_reported_and_the_rest_is_shown() {
    let at = workshop!("inspect-damaged");
    put_wheel(&at, WHEEL, &extension());
    let mut bytes = std::fs::read(at.path(WHEEL)).unwrap();
    // The checksum of the second-to-last file in the directory, which is `WHEEL`.
    let last: Vec<usize> = (0..bytes.len() - 4)
        .filter(|&at| &bytes[at..at + 4] == b"PK\x01\x02")
        .collect();
    bytes[last[last.len() - 2] + 16] ^= 1;
    at.write(WHEEL, bytes);
    at.wr(["inspect", WHEEL, "--check"])
        .run()
        .status(1)
        .says(
            "damaged  fast-1.0.dist-info/WHEEL: its checksum isn't the one that the archive gives",
        )
        .says("WR0613 `fast-1.0.dist-info/WHEEL` can't be unpacked")
        .says("PyInit__fast")
        .never_says("nothing wrong was found");
}

#[test]
fn other_contents_of_a_wheel_are_listed() {
    let at = workshop!("inspect-contents");
    let elf = extension().build();
    let sbom = br#"{"components": [{"name": "libgomp", "purl": "pkg:rpm/almalinux/libgomp@8.5"}]}"#;
    let files: [(&str, &[u8]); 5] = [
        ("fast/_fast.abi3.so", &elf),
        ("fast/data.bin", &elf),
        ("fast.pth", b"import fast\n"),
        ("sitecustomize.py", b""),
        ("fast-1.0.dist-info/sboms/auditwheel.cdx.json", sbom),
    ];
    at.write(WHEEL, super::wheel(WHEEL, &files));
    at.wr(["inspect", WHEEL])
        .run()
        .says("misleading names: fast/data.bin (ELF shared library for x86_64, Linux with glibc)")
        .says("from elsewhere: pkg:rpm/almalinux/libgomp@8.5")
        .says("runs every time Python starts: fast.pth, sitecustomize.py")
        .says("WR0619 once `sitecustomize.py` is installed, Python imports it every time it starts, and 1 other");
    let document = at.wr(["inspect", WHEEL, "--format", "json"]).run().json();
    let wheel = &document["reports"][0]["wheel"];
    assert_eq!(wheel["startup"][0]["code"][0], "import fast");
    assert_eq!(
        wheel["other_binaries"][0]["facts"]["images"][0]["oldest_python"],
        "3.5"
    );
}

#[test]
fn a_suffix_that_only_newer_pythons_know_is_not_for_older_ones() {
    let at = workshop!("inspect-abi3t");
    let name = "fast-1.0-cp315-abi3t-manylinux_2_17_x86_64.whl";
    let file = "fast/_fast.abi3t-x86_64-linux-gnu.so";
    let elf = extension().build();
    let files: [(&str, &[u8]); 1] = [(file, &elf)];
    at.write(name, super::wheel(name, &files)).write(file, &elf);
    for target in [name, file] {
        at.wr(["inspect", target])
            .run()
            .says("loads under Python 3.15 and later")
            .never_says("0 extensions");
    }
    // PyPy's wheels are for one version of Python.
    let name = "fast-1.0-pp310-pypy310_pp73-manylinux_2_17_x86_64.whl";
    let elf = Elf::default()
        .export("PyInit__fast")
        .import("PyPyList_New")
        .build();
    let files: [(&str, &[u8]); 1] = [("fast/_fast.pypy310-pp73-x86_64-linux-gnu.so", &elf)];
    at.write(name, super::wheel(name, &files));
    let document = at.wr(["inspect", name, "--format", "json"]).run().json();
    assert_eq!(document["reports"][0]["wheel"]["promised_python"], "3.10");
}
