//! Projects with interpreters that PyO3 supports, and others.
#![allow(clippy::unwrap_used)] // A missing finding fails the test.

mod sources;

use diagnostic::Diagnostic;
use sources::{CARGO, PYPROJECT, project};
use wr_anatomy::project::inspect_project;
use wr_anatomy::{Expectation, PythonVersion, Threading};

fn lock(version: &str) -> String {
    format!("version = 4\n\n[[package]]\nname = \"pyo3-ffi\"\nversion = \"{version}\"\n")
}

fn asking(features: &str) -> String {
    CARGO.replace(
        "\"0.30\"",
        &format!("{{ version = \"0.30\", features = [{features}] }}"),
    )
}

fn judged(files: &[(&str, &str)], minor: u8, threading: Threading) -> Vec<Diagnostic> {
    // Promises to older Pythons are a different rule.
    let mut texts = project(files);
    if !files.iter().any(|(path, _)| *path == "pyproject.toml") {
        let silent = PYPROJECT.replace("requires-python = \">=3.9\"", "");
        texts.insert("pyproject.toml".to_owned(), silent);
    }
    let expected = Expectation::new()
        .python(PythonVersion::new(3, minor))
        .threading(threading);
    inspect_project(&texts, &expected).diagnostics
}

fn codes(files: &[(&str, &str)], minor: u8, threading: Threading) -> Vec<String> {
    judged(files, minor, threading)
        .iter()
        .map(|finding| finding.code.to_string())
        .collect()
}

/// The findings for a PyO3 version and features, on Python 3.`minor`.
#[track_caller]
fn check(pyo3: &str, features: &str, minor: u8, expect: &[&str]) {
    let files = [
        ("Cargo.lock", &*lock(pyo3)),
        ("Cargo.toml", &*asking(features)),
    ];
    assert_eq!(codes(&files, minor, Threading::Gil), expect);
}

#[test]
fn wr0201_python_is_too_new() {
    check("0.20.3", "", 13, &["WR0201"]);
    check("0.20.3", "", 12, &[]);
    check("0.30.1", "", 16, &[]);
    check("0.30.1", "", 17, &["WR0201"]);
    let files = [("Cargo.lock", &*lock("0.20.3"))];
    let finding = &judged(&files, 13, Threading::Gil)[0];
    assert_eq!(finding.location().unwrap().to_string(), "Cargo.toml:11");
}

#[test]
fn wr0202_python_is_too_old() {
    check("0.20.3", "", 6, &["WR0202"]);
    check("0.20.3", "", 7, &[]);
}

#[test]
fn wr0203_the_stable_abi_is_newer_than_the_interpreter() {
    check("0.30.1", "\"abi3-py312\"", 11, &["WR0203"]);
    check("0.30.1", "\"abi3-py312\"", 12, &[]);
}

#[test]
fn the_stable_abi_of_an_older_python_fits_every_newer_one() {
    for pyo3 in ["0.20.3", "0.21.2", "0.25.1", "0.28.3", "0.30.1"] {
        check(pyo3, "\"abi3-py39\"", 20, &[]);
    }
    // Plain `abi3` means the interpreter's own version, which PyO3 since 0.26 lowers to one that it knows.
    check("0.25.1", "\"abi3\"", 15, &["WR0201"]);
    check("0.26.0", "\"abi3\"", 15, &[]);
}

#[test]
fn a_free_threaded_python_has_no_abi3() {
    let abi3 = asking("\"abi3-py39\"");
    let under = |pyo3: &str, minor| {
        let files = [("Cargo.lock", &*lock(pyo3)), ("Cargo.toml", &*abi3)];
        codes(&files, minor, Threading::FreeThreaded)
    };
    assert_eq!(under("0.25.1", 15), ["WR0201"]);
    assert_eq!(under("0.25.1", 14), [""; 0]);
    let above = asking("\"abi3-py315\"");
    let files = [("Cargo.toml", &*above)];
    assert_eq!(codes(&files, 14, Threading::FreeThreaded), [""; 0]);
}

#[test]
fn wr0204_a_free_threaded_python_that_is_not_supported() {
    let under =
        |pyo3: &str, minor, threading| codes(&[("Cargo.lock", &*lock(pyo3))], minor, threading);
    for pyo3 in ["0.29.3", "0.30.1"] {
        assert_eq!(under(pyo3, 13, Threading::FreeThreaded), ["WR0204"]);
        assert_eq!(under(pyo3, 14, Threading::FreeThreaded), [""; 0]);
        assert_eq!(under(pyo3, 13, Threading::Gil), [""; 0]);
    }
    assert_eq!(under("0.28.3", 13, Threading::FreeThreaded), [""; 0]);
}

#[test]
fn a_feature_of_the_crate_may_ask_for_the_stable_abi() {
    let cargo =
        format!("{CARGO}\n[features]\ndefault = [\"stable\"]\nstable = [\"pyo3/abi3-py39\"]\n");
    let not_by_default = cargo.replace("[\"stable\"]", "[]");
    let old = lock("0.21.2");
    let under = |cargo: &str, pyproject: &str| {
        let files = [
            ("Cargo.lock", &*old),
            ("Cargo.toml", cargo),
            ("pyproject.toml", pyproject),
        ];
        codes(&files, 13, Threading::Gil)
    };
    assert_eq!(under(&cargo, PYPROJECT), [""; 0]);
    assert_eq!(under(&not_by_default, PYPROJECT), ["WR0201"]);
    let chosen = PYPROJECT.replace("strip = true", "features = [\"stable\"]");
    assert_eq!(under(&not_by_default, &chosen), [""; 0]);
}

#[test]
fn an_old_pyo3_needs_its_features_in_the_configuration_file() {
    let told = |pyo3: &str, features: &str| {
        let files = [
            ("Cargo.lock", &*lock(pyo3)),
            ("Cargo.toml", &*asking(features)),
        ];
        let expected = Expectation::new().python(PythonVersion::new(3, 13));
        let facts = inspect_project(&project(&files), &expected).facts;
        let version = facts.stable_abi_beside_config_file(&expected)?;
        Some(version.to_string())
    };
    assert_eq!(told("0.21.2", "\"abi3-py38\"").as_deref(), Some("3.8"));
    assert_eq!(told("0.22.6", "\"abi3\"").as_deref(), Some("3.13"));
    assert_eq!(told("0.22.6", ""), None);
    assert_eq!(told("0.23.5", "\"abi3-py38\""), None);
}
