//! `wr doctor --why-rebuild`, on what real cargo builds leave behind.

use std::process::Command;

use serde_json::Value;
use testkit::{Extension, Workshop, python, workshop};

/// The PyO3 crate whose build script asks for the interpreter; the others, which take much longer, depend on it.
const MANIFEST: &str = "\
[package]
name = \"again\"
version = \"0.1.0\"
edition = \"2024\"

[lib]
crate-type = [\"cdylib\"]

[dependencies]
pyo3-ffi = \"0.30\"

[features]
stable = [\"pyo3-ffi/abi3-py311\"]

[workspace]
";

const PYPROJECT: &str = "\
[build-system]
requires = [\"maturin>=1\"]
build-backend = \"maturin\"

[project]
name = \"again\"
version = \"0.1.0\"
";

fn project(at: &Workshop) {
    let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/../../exercises/Cargo.lock");
    let lock = std::fs::read_to_string(lock).unwrap();
    at.folder(".git")
        .write("Cargo.toml", MANIFEST)
        // The versions that the course has tried.
        .write("Cargo.lock", lock)
        .write("pyproject.toml", PYPROJECT)
        .write("src/lib.rs", "//! Nothing yet.\npub use pyo3_ffi as ffi;\n");
    for name in ["a", "b"] {
        let made = Command::new(python())
            .args(["-I", "-m", "venv", "--without-pip"])
            .arg(at.path(name))
            .status()
            .unwrap();
        assert!(made.success(), "no virtual environment");
    }
}

/// One variable of a build's environment, with its value or unset.
type Setting<'s> = (&'s str, Option<&'s str>);

/// `cargo build`, as a person runs it, with these settings.
fn build(at: &Workshop, args: &[&str], settings: &[Setting<'_>]) -> String {
    let mut command = Command::new("cargo");
    command.arg("build").args(args).current_dir(at.root());
    for name in [
        "VIRTUAL_ENV",
        "CONDA_PREFIX",
        "PYO3_PYTHON",
        "RUSTFLAGS",
        "CARGO_TARGET_DIR",
    ] {
        command.env_remove(name);
    }
    command.env("PATH", path());
    for (name, value) in settings {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success(),
        "this test needs PyO3 from cargo's registry, or the network to get it\n{said}"
    );
    said
}

/// The `PATH` on both sides of a comparison.
fn path() -> String {
    let bin = python().parent().unwrap().display().to_string();
    format!("{bin}:{}", std::env::var("PATH").unwrap())
}

/// The messages about the project's own target directory.
#[track_caller]
fn why(at: &Workshop, settings: &[Setting<'_>]) -> Vec<String> {
    let mut doctor = at
        .wr(["doctor", "--why-rebuild", "--format", "json"])
        .own_state()
        .env("PATH", path());
    for (name, value) in settings {
        if let Some(value) = value {
            doctor = doctor.env(name, *value);
        }
    }
    let outcome = doctor.run();
    let document = outcome.json();
    let reports = document["rebuilds"].as_array().cloned().unwrap_or_default();
    let report = reports
        .iter()
        .find(|one| one["owner"] == "project")
        .unwrap();
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    outcome.status(i32::from(!findings.is_empty()));
    findings
        .iter()
        .map(|one| {
            assert_eq!(one["code"], "WR0224");
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            text(&one["message"])
        })
        .collect()
}

#[track_caller]
fn says(messages: &[String], parts: &[&str]) {
    let fits = |message: &&String| parts.iter().all(|part| message.contains(part));
    assert!(
        messages.iter().any(|one| fits(&one)),
        "{messages:#?} lacks {parts:?}"
    );
}

#[test]
fn a_change_is_reported_with_both_values() {
    let at = workshop!("why-rebuild");
    project(&at);
    let (a, b) = (at.path("a"), at.path("b"));
    let (a, b) = (a.to_str().unwrap(), b.to_str().unwrap());
    let other = at.path("b/bin/python");
    let other = other.to_str().unwrap();

    assert_eq!(why(&at, &[]), [""; 0], "nothing was built yet");
    build(&at, &[], &[("VIRTUAL_ENV", Some(a))]);
    assert_eq!(why(&at, &[("VIRTUAL_ENV", Some(a))]), [""; 0]);

    // Still to come: the variable has changed since the build.
    says(
        &why(&at, &[("VIRTUAL_ENV", Some(b))]),
        &[
            "the next `cargo build`",
            &format!("VIRTUAL_ENV was {a} and is {b} now"),
        ],
    );
    // Looking changes nothing: cargo itself finds everything as it was.
    let said = build(&at, &[], &[("VIRTUAL_ENV", Some(a))]);
    assert!(!said.contains("Compiling"), "{said}");

    // Already done: it was compiled since the last look.
    let said = build(&at, &[], &[("VIRTUAL_ENV", Some(b))]);
    assert!(said.contains("Compiling pyo3"), "{said}");
    let told = why(&at, &[("VIRTUAL_ENV", Some(b))]);
    says(
        &told,
        &[
            "was compiled again",
            &format!("VIRTUAL_ENV was {a} and became {b}"),
        ],
    );
    assert_eq!(told.len(), 1, "{told:#?}");

    // PYO3_PYTHON, which makes VIRTUAL_ENV irrelevant.
    says(
        &why(
            &at,
            &[("VIRTUAL_ENV", Some(b)), ("PYO3_PYTHON", Some(other))],
        ),
        &[&format!("PYO3_PYTHON was not set and is {other} now")],
    );
    // A configuration file for all tools has the same effect as setting it.
    at.write(
        ".cargo/config.toml",
        format!("[env]\nPYO3_PYTHON = {other:?}\n"),
    );
    says(
        &why(&at, &[("VIRTUAL_ENV", Some(b))]),
        &["the next `cargo build`", "PYO3_PYTHON"],
    );
    build(&at, &[], &[("VIRTUAL_ENV", Some(b))]);
    why(&at, &[]);
    assert_eq!(
        why(&at, &[]),
        [""; 0],
        "VIRTUAL_ENV does not count any more"
    );
    assert_eq!(why(&at, &[("VIRTUAL_ENV", Some(a))]), [""; 0]);
    let said = build(&at, &[], &[("VIRTUAL_ENV", Some(a))]);
    assert!(!said.contains("Compiling"), "cargo agrees: {said}");

    // Flags and features have separate builds, side by side.
    says(
        &why(&at, &[("RUSTFLAGS", Some("-Cdebuginfo=0"))]),
        &["RUSTFLAGS", "were none and are now -Cdebuginfo=0"],
    );
    build(&at, &[], &[("RUSTFLAGS", Some("-Cdebuginfo=0"))]);
    says(
        &why(&at, &[]),
        &["compiled once more", "changed from none to -Cdebuginfo=0"],
    );
    build(&at, &["--features", "stable"], &[]);
    says(
        &why(&at, &[]),
        &["compiled once more", "different features, with abi3"],
    );
}

#[test]
fn wr_does_not_recompile_in_its_own_target_directory() {
    let at = workshop!("why-rebuild-of-wr");
    let extension = Extension::named_after(&at);
    extension.put_into(at.course());
    at.wr(["check", &extension.id]).run().status(0);
    let outcome = at.wr(["doctor", "--why-rebuild", "--format", "json"]).run();
    let document = outcome.json();
    let reports = document["rebuilds"].as_array().unwrap();
    let report = reports.iter().find(|one| one["owner"] == "wr").unwrap();
    assert_ne!(report["builds"].as_array().unwrap().len(), 0, "{report}");
    // Other tests build in the same directory; whatever they have recompiled is their own business.
    let to_come: Vec<_> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["message"].as_str().unwrap().contains("the next build"))
        .collect();
    assert!(to_come.is_empty(), "{to_come:#?}");
}
