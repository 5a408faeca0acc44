//! The inspector's questions: what differs, who gets which wheel, and why a binary requires so much.

use serde_json::{Value, json};
use testkit::{Outcome, Workshop, workshop};

use super::binaries::{Elf, wheel_with};
use super::{WHEEL, beyond_the_stable_abi, extension, put_project, put_wheel, schema};
use crate::snapshots::compare;

/// Checks a document against a schema from the book, made strict.
#[track_caller]
fn validate(outcome: &Outcome, schema: &str) -> Value {
    let document = outcome.json();
    schema::validate(&document, schema);
    document
}

/// The extension's next release: with a newer glibc and Python, and another crate.
fn next_extension() -> Elf {
    extension()
        .versioned("libc.so.6", "pthread_create", "GLIBC_2.34")
        .import("PyType_GetName")
        .needs("libssl.so.3")
        .constants(
            ".rodata",
            b"/registry/src/index/pyo3-0.31.0/src/err/mod.rs\0/registry/src/index/smallvec-1.13.2/src/lib.rs\0",
        )
}

const METADATA: &str = "Requires-Python: >=3.11\n\
    Classifier: Programming Language :: Python :: 3.14\n\
    Classifier: Programming Language :: Python :: 3.15\n\
    Classifier: Programming Language :: Python :: Free Threading :: 3 - Stable\n";

fn put_released(at: &Workshop, dir: &str, name: &str, elf: &Elf) {
    let bytes = wheel_with(
        name,
        &[
            ("fast/__init__.py", b""),
            ("fast/_fast.abi3.so", &elf.build()),
        ],
        |file, text| match file {
            "METADATA" => format!("{text}{METADATA}"),
            _ => text,
        },
    );
    at.write(format!("{dir}/{name}"), bytes);
}

#[test]
fn two_binaries() {
    let at = workshop!("inspect-diff");
    at.write("old/_fast.abi3.so", extension().build())
        .write("new/_fast.abi3.so", next_extension().build());
    let args = [
        "inspect",
        "--diff",
        "old/_fast.abi3.so",
        "new/_fast.abi3.so",
    ];
    compare(&at, "inspect_diff_binaries", at.wr(args));
    // Only for CI are worse things an error, and only in this direction.
    at.wr(args).run().status(0);
    at.wr(args.into_iter().chain(["--check"])).run().status(1);
    at.wr([
        "inspect",
        "--diff",
        "--check",
        "new/_fast.abi3.so",
        "old/_fast.abi3.so",
    ])
    .run()
    .status(0);
    let outcome = at.wr(args.into_iter().chain(["--format", "json"])).run();
    let document = validate(&outcome, "inspect-diff.schema.json");
    assert_eq!(document["diff"]["is_worse"], true);
    assert_eq!(document["diff"]["difference"]["kind"], "binary");
}

#[test]
fn identical_targets_have_no_differences() {
    let at = workshop!("inspect-diff-same");
    at.write("_fast.abi3.so", extension().build());
    put_wheel(&at, WHEEL, &extension());
    for target in ["_fast.abi3.so", WHEEL] {
        at.wr(["inspect", "--diff", "--check", target, target])
            .run()
            .status(0)
            .says("no difference");
    }
}

#[test]
fn two_wheels_and_two_releases() {
    let at = workshop!("inspect-diff-wheels");
    let old = "fast-1.0-cp311-abi3-manylinux_2_17_x86_64.whl";
    let new = "fast-1.1-cp311-abi3-manylinux_2_34_x86_64.whl";
    put_released(&at, "old", old, &extension());
    put_released(&at, "new", new, &next_extension());
    let (first, second) = (format!("old/{old}"), format!("new/{new}"));
    let wheels = ["inspect", "--diff", &first, &second];
    compare(&at, "inspect_diff_wheels", at.wr(wheels));
    let outcome = at.wr(wheels.into_iter().chain(["--format", "json"])).run();
    validate(&outcome, "inspect-diff.schema.json");
    put_released(
        &at,
        "old",
        "fast-1.0-cp311-abi3-manylinux_2_17_aarch64.whl",
        &extension(),
    );
    put_released(
        &at,
        "new",
        "fast-1.1-cp314-cp314t-manylinux_2_34_x86_64.whl",
        &extension(),
    );
    let releases = ["inspect", "--diff", "old", "new"];
    compare(&at, "inspect_diff_releases", at.wr(releases));
    let outcome = at
        .wr(releases.into_iter().chain(["--format", "json"]))
        .run();
    let document = validate(&outcome, "inspect-diff.schema.json");
    assert_eq!(
        document["diff"]["difference"]["without_successor"],
        json!(["fast-1.0-cp311-abi3-manylinux_2_17_aarch64.whl"])
    );
    at.wr(releases.into_iter().chain(["--check"]))
        .run()
        .status(1);
}

#[test]
fn targets_of_different_kinds_are_not_compared() {
    let at = workshop!("inspect-diff-unlike");
    at.write("_fast.abi3.so", extension().build());
    put_wheel(&at, WHEEL, &extension());
    put_project(&at, "project");
    at.wr(["inspect", "--diff", "_fast.abi3.so", WHEEL])
        .run()
        .status(2)
        .complains("one is a binary, the other a wheel");
    at.wr(["inspect", "--diff", "_fast.abi3.so"])
        .run()
        .status(2)
        .complains("--diff compares two targets");
    at.wr(["inspect", "--diff", "_fast.abi3.so", "gone.so"])
        .run()
        .status(2)
        .complains("there is no such file");
    let gone = [
        "inspect",
        "--diff",
        "_fast.abi3.so",
        "gone.so",
        "--format",
        "json",
    ];
    let document = validate(&at.wr(gone).run(), "inspect-diff.schema.json");
    assert_eq!(document["errors"][0]["target"], "gone.so");
    at.wr(["inspect", "--diff", "--release", "_fast.abi3.so"])
        .run()
        .status(2);
}

#[test]
fn an_ignored_finding_is_not_a_difference() {
    let at = workshop!("inspect-diff-ignored");
    at.write("old/_fast.abi3.so", extension().build()).write(
        "new/_fast.abi3.so",
        extension().import("_PyLong_Sign").build(),
    );
    let args = [
        "inspect",
        "--diff",
        "old/_fast.abi3.so",
        "new/_fast.abi3.so",
    ];
    at.wr(args).run().says("+ WR0");
    at.wr(args.into_iter().chain(["--ignore", "WR0"]))
        .run()
        .never_says("+ WR0");
}

#[test]
fn a_release() {
    let at = workshop!("inspect-release");
    for tags in [
        "cp311-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64",
        "cp311-abi3-macosx_11_0_arm64",
        "cp314-cp314t-manylinux_2_28_x86_64",
    ] {
        put_released(&at, "dist", &format!("fast-1.0-{tags}.whl"), &extension());
    }
    at.write("dist/fast-1.0.tar.gz", "");
    let args = ["inspect", "--release", "dist"];
    compare(&at, "inspect_release", at.wr(args));
    at.wr(args).run().status(0);
    at.wr(args.into_iter().chain(["--check"])).run().status(1);
    at.wr(args.into_iter().chain(["--check", "--ignore", "WR0631"]))
        .run()
        .status(0);
    let outcome = at.wr(args.into_iter().chain(["--format", "json"])).run();
    let document = validate(&outcome, "inspect-release.schema.json");
    assert_eq!(document["findings"], 1);
    // No line is wider than a terminal of 80 columns, except findings, which are wrapped there.
    let text = at.wr(args).run().stdout;
    let table: Vec<&str> = text
        .lines()
        .take_while(|line| !line.contains("WR0"))
        .collect();
    assert!(
        table.iter().take(12).all(|line| line.chars().count() <= 80),
        "{text}"
    );
}

#[test]
fn several_releases_and_none() {
    let at = workshop!("inspect-releases");
    put_released(
        &at,
        "dist",
        "fast-1.0-cp311-abi3-win_amd64.whl",
        &extension(),
    );
    put_released(
        &at,
        "dist",
        "fast-1.1-cp311-abi3-win_amd64.whl",
        &extension(),
    );
    put_released(
        &at,
        "dist",
        "slow-1.0-cp311-abi3-win_amd64.whl",
        &extension(),
    );
    at.wr(["inspect", "--release", "dist"])
        .run()
        .says("3 releases found")
        .says("fast 1.1")
        .says("slow 1.0");
    at.write("empty/readme", "")
        .write("only/fast-1.0.tar.gz", "");
    at.wr(["inspect", "--release", "empty"]).run().status(2);
    at.wr(["inspect", "--release", "only"])
        .run()
        .says("0 wheels and a source distribution");
}

#[test]
fn why_such_a_new_glibc() {
    let at = workshop!("inspect-why-glibc");
    at.write("_fast.abi3.so", next_extension().build());
    let args = ["inspect", "--why", "glibc", "_fast.abi3.so"];
    compare(&at, "inspect_why_glibc", at.wr(args));
    let outcome = at.wr(args.into_iter().chain(["--format", "json"])).run();
    let document = validate(&outcome, "inspect-why.schema.json");
    assert_eq!(
        document["answers"][0]["binaries"][0]["glibc"]["floor"],
        "2.34"
    );
    put_wheel(&at, WHEEL, &extension());
    at.wr(["inspect", "--why", "glibc", WHEEL])
        .run()
        .says("fast/_fast.abi3.so")
        .says("2.14");
}

#[test]
fn why_not_the_stable_abi() {
    let at = workshop!("inspect-why-abi3");
    at.write("_fast.abi3.so", beyond_the_stable_abi().build());
    put_wheel(&at, WHEEL, &beyond_the_stable_abi());
    put_project(&at, "project");
    compare(
        &at,
        "inspect_why_abi3",
        at.wr(["inspect", "--why", "abi3", "_fast.abi3.so"]),
    );
    for (goal, target) in [
        ("abi3t", "_fast.abi3.so"),
        ("3.11", WHEEL),
        ("abi3", "json"),
    ] {
        let outcome = at
            .wr(["inspect", "--why", goal, target, "--format", "json"])
            .run();
        validate(&outcome, "inspect-why.schema.json");
        outcome.status(0);
    }
    at.wr(["inspect", "--why", "3.11", WHEEL])
        .run()
        .says("PyUnicode_AsUTF8AndSize")
        .says("2 of 4 symbols");
    at.wr(["inspect", "--why", "nothing", WHEEL])
        .run()
        .status(2)
        .complains("expected glibc, abi3");
    at.wr(["inspect", "--why", "abi3", "project"])
        .run()
        .status(2)
        .complains("a project's source");
}

#[test]
fn what_makes_up_the_size() {
    let at = workshop!("inspect-why-size");
    at.write("_fast.abi3.so", extension().build());
    put_wheel(&at, WHEEL, &extension());
    for target in ["_fast.abi3.so", WHEEL] {
        let args = ["inspect", "--why", "size", target];
        at.wr(args).run().says("constants").says("pyo3 0.30.1");
        let outcome = at.wr(args.into_iter().chain(["--format", "json"])).run();
        let document = validate(&outcome, "inspect-why.schema.json");
        let size = &document["answers"][0]["binaries"][0]["size"];
        assert_eq!(size["size"], extension().build().len());
    }
}
