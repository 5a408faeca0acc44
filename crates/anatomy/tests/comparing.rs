//! Differences between binaries, wheels and releases, and which of them are worse for users.
#![allow(clippy::unwrap_used)] // A binary that can't be read fails the test.

mod binaries;

use binaries::{Elf, for_macos, macho, wheel, wheel_with};
use object::Architecture;
use wr_anatomy::compare::{
    Aspect, Change, ChangedValue, Compared, Effect, ReleaseDifference, WheelDifference,
    compare_binaries, compare_releases, compare_wheels,
};
use wr_anatomy::wheel::{WheelInspection, inspect_wheel};
use wr_anatomy::{Expectation, Inspection, inspect};

fn library() -> Elf {
    Elf::default()
        .export("PyInit_fast")
        .import("PyList_New")
        .needs("libc.so.6")
        .versioned("libc.so.6", "memcpy", "GLIBC_2.14")
}

fn inspected(bytes: &[u8]) -> Inspection {
    inspect(bytes, &Expectation::new()).unwrap()
}

fn changes(old: &[u8], new: &[u8]) -> Vec<Change> {
    let (old, new) = (inspected(old), inspected(new));
    let difference = compare_binaries(
        ("old.so", &old.facts, &old.diagnostics),
        ("new.so", &new.facts, &new.diagnostics),
    );
    difference.changes
}

#[track_caller]
fn find(changes: &[Change], aspect: Aspect) -> &Change {
    let found: Vec<&Change> = changes.iter().filter(|one| one.aspect == aspect).collect();
    assert_eq!(found.len(), 1, "{aspect:?} in {changes:#?}");
    found[0]
}

fn text(value: &str) -> ChangedValue {
    ChangedValue::Text(value.to_owned())
}

#[test]
fn identical_binaries_do_not_differ() {
    let bytes = library().build();
    assert_eq!(changes(&bytes, &bytes), []);
}

/// Found by the fuzz target `questions`.
#[test]
fn comparisons_are_symmetric() {
    let old = library().needs("libfoo").build();
    let new = library().needs("libfoo.so.2").build();
    for (old, new) in [(&old, &new), (&new, &old)] {
        find(&changes(old, new), Aspect::Libraries);
    }
}

#[test]
fn a_rising_minimum_is_worse_and_a_falling_one_is_better() {
    let old = library().build();
    let new = library()
        .versioned("libc.so.6", "pthread_create", "GLIBC_2.34")
        .build();
    let up = changes(&old, &new);
    let glibc = find(&up, Aspect::Glibc);
    assert_eq!(
        (&glibc.old, &glibc.new),
        (&Some(text("2.14")), &Some(text("2.34")))
    );
    assert_eq!(glibc.effect, Effect::Worse);
    assert_eq!(
        find(&changes(&new, &old), Aspect::Glibc).effect,
        Effect::Better
    );
}

#[test]
fn python_symbols_determine_the_oldest_python() {
    let old = library().build();
    let newer = library().import("PyType_GetName").build();
    let private = library().import("_PyLong_Sign").build();
    let up = changes(&old, &newer);
    assert_eq!(find(&up, Aspect::OldestPython).new, Some(text("3.11")));
    assert_eq!(find(&up, Aspect::OldestPython).effect, Effect::Worse);
    assert_eq!(find(&up, Aspect::PythonSymbols).gained, ["PyType_GetName"]);
    assert_eq!(find(&up, Aspect::PythonSymbols).effect, Effect::Other);
    // Outside the stable ABI it's only for one version.
    let out = changes(&newer, &private);
    assert_eq!(find(&out, Aspect::OldestPython).new, None);
    assert_eq!(find(&out, Aspect::OldestPython).effect, Effect::Worse);
    assert_eq!(
        find(&changes(&private, &newer), Aspect::OldestPython).effect,
        Effect::Better
    );
}

#[test]
fn losing_an_init_function_is_worse() {
    let both = library().export("PyInit_slow").build();
    let one = library().build();
    let lost = changes(&both, &one);
    assert_eq!(find(&lost, Aspect::InitFunctions).lost, ["PyInit_slow"]);
    assert_eq!(find(&lost, Aspect::InitFunctions).effect, Effect::Worse);
    assert_eq!(
        find(&changes(&one, &both), Aspect::InitFunctions).effect,
        Effect::Other
    );
}

#[test]
fn a_library_with_a_different_hash_is_the_same() {
    let with = |library: &str| self::library().needs(library).build();
    let hashed = changes(&with("libz-1a2b3c4d.so.1"), &with("libz-99887766.so.1"));
    assert!(hashed.iter().all(|one| one.aspect != Aspect::Libraries));
    let newer = changes(
        &with("libssl-1a2b3c4d.so.1.1"),
        &with("libssl-99887766.so.3"),
    );
    assert_eq!(find(&newer, Aspect::Libraries).changed[0].name, "libssl");
    let other = changes(&with("libssl.so.3"), &with("libcurl.so.4"));
    let libraries = find(&other, Aspect::Libraries);
    assert_eq!(libraries.gained, ["libcurl.so.4"]);
    assert_eq!(libraries.lost, ["libssl.so.3"]);
}

#[test]
fn losing_a_protection_is_worse() {
    const LOAD: u32 = 1;
    const STACK: u32 = 0x6474_e551;
    let with_stack = |flags: u32| {
        library()
            .segment(LOAD, 5, 0x1000)
            .segment(STACK, flags, 16)
            .build()
    };
    // Readable, writable, and executable too.
    let (safe, unsafe_stack) = (with_stack(6), with_stack(7));
    let lost = changes(&safe, &unsafe_stack);
    let protections = find(&lost, Aspect::Protections);
    assert_eq!(protections.lost, ["stack without code"]);
    assert_eq!(protections.effect, Effect::Worse);
    let came = changes(&unsafe_stack, &safe);
    assert_eq!(find(&came, Aspect::Protections).effect, Effect::Better);
}

#[test]
fn a_newer_macos_is_worse() {
    let plain = macho(
        Architecture::Aarch64,
        &["PyInit_fast"],
        "/usr/lib/libSystem.B.dylib",
    );
    let found = changes(&for_macos(&plain, 11, 0), &for_macos(&plain, 14, 0));
    let system = find(&found, Aspect::MinimumSystem);
    assert_eq!(
        (&system.old, &system.new),
        (&Some(text("11.0")), &Some(text("14.0")))
    );
    assert_eq!(system.effect, Effect::Worse);
}

fn inspected_wheel(name: &str, bytes: &[u8]) -> WheelInspection {
    inspect_wheel(bytes, name).unwrap()
}

fn compared<'w>(file: &'w str, wheel: &'w WheelInspection, size: u64) -> Compared<'w> {
    Compared {
        file,
        size: Some(size),
        facts: &wheel.facts,
        diagnostics: &wheel.diagnostics,
    }
}

fn wheels(old: (&str, &[u8]), new: (&str, &[u8])) -> WheelDifference {
    let (first, second) = (inspected_wheel(old.0, old.1), inspected_wheel(new.0, new.1));
    compare_wheels(
        compared(old.0, &first, old.1.len() as u64),
        compared(new.0, &second, new.1.len() as u64),
    )
}

const OLD: &str = "fast-1.0-cp312-cp312-manylinux_2_17_x86_64.whl";
const NEW: &str = "fast-1.1-cp312-cp312-manylinux_2_28_x86_64.whl";
const SUFFIX: &str = "fast/_fast.cpython-312-x86_64-linux-gnu.so";

#[test]
fn the_same_wheel_in_another_version_has_no_differences() {
    let elf = library().export("PyInit__fast").build();
    let new = "fast-1.1-cp312-cp312-manylinux_2_17_x86_64.whl";
    let files: [(&str, &[u8]); 2] = [(SUFFIX, &elf), ("fast/__init__.py", b"")];
    let same = wheels((OLD, &wheel(OLD, &files)), (new, &wheel(new, &files)));
    // The version affects how well its metadata compresses.
    let is_size = |change: &Change| change.aspect == Aspect::Size;
    assert!(same.changes.iter().all(is_size), "{same:#?}");
    assert!(same.binaries.is_empty(), "{same:#?}");
    let itself = wheel(OLD, &files);
    assert!(wheels((OLD, &itself), (OLD, &itself)).is_empty());
}

#[test]
fn a_wheel_differs_in_tags_requirements_files_and_binaries() {
    let elf = library().export("PyInit__fast").build();
    let newer = library()
        .export("PyInit__fast")
        .versioned("libc.so.6", "stat", "GLIBC_2.28")
        .build();
    let with = |name: &str, files: &[(&str, &[u8])], metadata: &str| {
        wheel_with(name, files, |file, text| match file {
            "METADATA" => format!("{text}{metadata}"),
            _ => text,
        })
    };
    let old = with(
        OLD,
        &[(SUFFIX, &elf), ("fast/old.py", b""), ("fast/same.py", b"1")],
        "Requires-Python: >=3.10\nRequires-Dist: numpy>=1\n",
    );
    let new = with(
        NEW,
        &[
            (SUFFIX, &newer),
            ("fast/new.py", b""),
            ("fast/same.py", b"12"),
        ],
        "Requires-Python: >=3.12\nRequires-Dist: numpy>=2\n",
    );
    let found = wheels((OLD, &old), (NEW, &new));
    let tags = find(&found.changes, Aspect::Tags);
    assert_eq!(tags.effect, Effect::Worse);
    let requires = find(&found.changes, Aspect::RequiresPython);
    assert_eq!(requires.effect, Effect::Worse);
    let dependencies = find(&found.changes, Aspect::Dependencies);
    assert_eq!(dependencies.gained, ["numpy>=2"]);
    let files = find(&found.changes, Aspect::Files);
    assert_eq!(
        (files.gained.as_slice(), files.lost.as_slice()),
        (
            &["fast/new.py".to_owned()][..],
            &["fast/old.py".to_owned()][..]
        )
    );
    assert_eq!(files.changed[0].name, "fast/same.py");
    assert_eq!(found.binaries.len(), 1);
    assert_eq!(
        find(&found.binaries[0].changes, Aspect::Glibc).effect,
        Effect::Worse
    );
}

#[test]
fn findings_appear_and_disappear() {
    let healthy = library().export("PyInit__fast").build();
    let files: [(&str, &[u8]); 1] = [(SUFFIX, &healthy)];
    let other: [(&str, &[u8]); 1] = [("fast/_fast.cpython-311-x86_64-linux-gnu.so", &healthy)];
    let new = "fast-1.1-cp312-cp312-manylinux_2_17_x86_64.whl";
    let came = wheels((OLD, &wheel(OLD, &files)), (new, &wheel(new, &other)));
    let findings = find(&came.changes, Aspect::Findings);
    assert_eq!(findings.effect, Effect::Worse);
    assert!(findings.gained[0].starts_with("WR0604"), "{findings:?}");
    let went = wheels((OLD, &wheel(OLD, &other)), (new, &wheel(new, &files)));
    assert_eq!(find(&went.changes, Aspect::Findings).effect, Effect::Better);
}

fn releases(old: &[&str], new: &[&str]) -> ReleaseDifference {
    let elf = library().export("PyInit__fast").build();
    let read = |names: &[&str]| -> Vec<(String, WheelInspection)> {
        names
            .iter()
            .map(|name| {
                let bytes = wheel(name, &[("fast/_fast.so", &elf)]);
                ((*name).to_owned(), inspected_wheel(name, &bytes))
            })
            .collect()
    };
    let (old, new) = (read(old), read(new));
    let all =
        |wheels: &'_ [(String, WheelInspection)]| -> Vec<usize> { (0..wheels.len()).collect() };
    let old: Vec<Compared<'_>> = all(&old)
        .into_iter()
        .map(|at| compared(&old[at].0, &old[at].1, 1))
        .collect();
    let new: Vec<Compared<'_>> = all(&new)
        .into_iter()
        .map(|at| compared(&new[at].0, &new[at].1, 1))
        .collect();
    compare_releases(&old, &new)
}

#[test]
fn wheels_are_paired_by_what_they_are_for() {
    let found = releases(
        &[
            "fast-1.0-cp310-cp310-win_amd64.whl",
            "fast-1.0-cp311-cp311-manylinux_2_17_x86_64.whl",
            "fast-1.0-cp39-abi3-musllinux_1_1_x86_64.whl",
        ],
        &[
            "fast-1.1-cp311-cp311-manylinux_2_28_x86_64.whl",
            "fast-1.1-cp311-abi3-musllinux_1_2_x86_64.whl",
            "fast-1.1-cp314-cp314-win_amd64.whl",
        ],
    );
    let pairs: Vec<(&str, &str)> = found
        .pairs
        .iter()
        .map(|pair| (&pair.old[9..], &pair.new[9..]))
        .collect();
    assert_eq!(
        pairs,
        [
            (
                "cp311-cp311-manylinux_2_17_x86_64.whl",
                "cp311-cp311-manylinux_2_28_x86_64.whl"
            ),
            (
                "cp39-abi3-musllinux_1_1_x86_64.whl",
                "cp311-abi3-musllinux_1_2_x86_64.whl"
            ),
        ]
    );
    assert_eq!(found.added, ["fast-1.1-cp314-cp314-win_amd64.whl"]);
    assert_eq!(found.removed, ["fast-1.0-cp310-cp310-win_amd64.whl"]);
    assert_eq!(found.without_successor, found.removed);
    assert!(found.is_worse());
}

#[test]
fn one_wheel_may_replace_wheels_for_each_version() {
    let found = releases(
        &[
            "fast-1.0-cp311-cp311-win32.whl",
            "fast-1.0-cp312-cp312-win32.whl",
        ],
        &["fast-1.1-cp311-abi3-win32.whl"],
    );
    assert_eq!(found.removed.len(), 2);
    assert_eq!(found.without_successor, [""; 0]);
    assert!(!found.is_worse());
}
