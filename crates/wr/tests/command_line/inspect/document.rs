//! The JSON document matches its schema in the book, key by key.

use object::Architecture;
use serde_json::json;
use testkit::{Workshop, workshop};

use super::binaries::{archive_of, coff_object, macho, pack, pe, universal};
use super::schema::{closed, validate};
use super::{WHEEL, beyond_the_stable_abi, extension, put_project, put_wheel};
use crate::snapshots::compare;

/// The schema of these documents.
const SCHEMA: &str = "inspect.schema.json";

fn put_everything(at: &Workshop) {
    let slice = |architecture| macho(architecture, &["PyInit_fast"], "/usr/lib/libSystem.B.dylib");
    at.write("_fast.abi3.so", beyond_the_stable_abi().build())
        .write(
            "fast.cpython-312-darwin.so",
            universal(&[&slice(Architecture::X86_64), &slice(Architecture::Aarch64)]),
        )
        .write(
            "fast.pyd",
            pe(true, &["PyInit_fast"], "python3.dll", &["PyList_New"]),
        )
        .write("libfast.rlib", archive_of(&[("lib.rmeta", b"metadata")]))
        .write("fast.obj", coff_object());
    put_wheel(at, WHEEL, &extension());
    put_wheel(at, "slow-1.0-py3-none-any.whl", &extension());
    put_project(at, "project");
}

const EVERYTHING: [&str; 8] = [
    "_fast.abi3.so",
    "fast.cpython-312-darwin.so",
    "fast.pyd",
    "libfast.rlib",
    "fast.obj",
    WHEEL,
    "slow-1.0-py3-none-any.whl",
    "project",
];

#[test]
fn every_kind_of_report_fits_the_schema() {
    let at = workshop!("inspect-schema");
    put_everything(&at);
    let args = [
        "inspect", "--format", "json", "json", "sys", "_json", "pip", "gone.so",
    ];
    let outcome = at.wr(args.into_iter().chain(EVERYTHING)).run();
    outcome.status(2);
    let document = outcome.json();
    validate(&document, SCHEMA);
    let kinds: Vec<&str> = document["reports"]
        .as_array()
        .unwrap()
        .iter()
        .map(|report| report["kind"].as_str().unwrap())
        .collect();
    for kind in ["binary", "wheel", "project", "installed"] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
    assert_eq!(document["errors"][0]["target"], "gone.so");
    assert!(document["findings"].as_u64().unwrap() > 2);
}

#[test]
fn the_schema_rejects_wrong_documents() {
    let at = workshop!("inspect-schema-strict");
    at.write("_fast.abi3.so", extension().build());
    let document = at
        .wr(["inspect", "_fast.abi3.so", "--format", "json"])
        .run()
        .json();
    validate(&document, SCHEMA);
    let validator = jsonschema::validator_for(&closed(SCHEMA)).unwrap();
    let image = "/reports/0/binary/images/0";
    for (at, key, value) in [
        ("", "schema", json!(1)),
        (image, "unheard_of", json!(1)),
        (image, "newest_glibc", json!(2.14)),
        ("/reports/0", "kind", json!("wheel")),
    ] {
        let mut changed = document.clone();
        let place = changed.pointer_mut(at).unwrap().as_object_mut().unwrap();
        place.insert(key.to_owned(), value);
        assert!(!validator.is_valid(&changed), "{at}/{key}");
    }
}

#[test]
fn the_exact_document() {
    let at = workshop!("inspect-json");
    at.write("_fast.abi3.so", extension().build());
    compare(
        &at,
        "inspect_library_json",
        at.wr(["inspect", "_fast.abi3.so", "empty.so", "--format", "json"]),
    );
}

#[test]
fn everything_in_a_wheel_is_there() {
    let at = workshop!("inspect-json-wheel");
    let sbom = br#"{"bomFormat":"CycloneDX","components":[{"name":"pyo3","version":"0.30.1","purl":"pkg:cargo/pyo3@0.30.1"}]}"#;
    let inner = pack(&[("x".to_owned(), b"y".to_vec())]);
    let files: [(&str, &[u8]); 4] = [
        ("fast/_fast.abi3.so", &extension().build()),
        ("fast/broken.so", b"no binary"),
        ("fast/inner.zip", &inner),
        ("fast-1.0.dist-info/sboms/fast.cyclonedx.json", sbom),
    ];
    at.write(WHEEL, super::wheel(WHEEL, &files));
    let document = at.wr(["inspect", WHEEL, "--format", "json"]).run().json();
    validate(&document, SCHEMA);
    let wheel = &document["reports"][0]["wheel"];
    assert_eq!(wheel["unreadable"][0]["path"], "fast/broken.so");
    assert_eq!(wheel["archives"], json!(["fast/inner.zip"]));
    assert_eq!(
        wheel["sboms"],
        json!(["fast-1.0.dist-info/sboms/fast.cyclonedx.json"])
    );
    assert_eq!(
        wheel["crates"],
        json!([{ "name": "pyo3", "version": "0.30.1" }])
    );
    assert_eq!(wheel["oldest_manylinux"], "manylinux_2_17");
    let image = &wheel["extensions"][0]["facts"]["images"][0];
    assert_eq!(image["oldest_python"], "3.5");
    assert_eq!(image["newest_glibc"], "2.14");
}

#[cfg(target_os = "linux")]
#[test]
fn a_closed_or_full_output_does_not_cause_a_panic() {
    let at = workshop!("inspect-json-torn");
    let mut large = extension();
    for number in 0..20_000 {
        large = large.import(&format!("symbol{number}"));
    }
    at.write("_fast.abi3.so", large.build());
    let run = |redirected: &str| {
        let line = format!("\"$0\" inspect _fast.abi3.so --format json {redirected}");
        at.wr([""; 0]).within(&["sh", "-c", &line]).run()
    };
    run("| head -1").never_says("panicked");
    let full = run("> /dev/full");
    full.status(2)
        .complains("cannot write to standard output")
        .never_says("panicked");
}
