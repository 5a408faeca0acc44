//! Where projects keep their crate, its workspace and its dependencies.
#![allow(clippy::unwrap_used)] // A missing manifest fails the test.

mod sources;

use sources::{CARGO, PYPROJECT, SOURCE};
use wr_anatomy::project::{CargoManifest, ProjectFacts, Texts, inspect_project};
use wr_anatomy::{Expectation, PythonVersion};

fn facts(files: &[(&str, &str)]) -> ProjectFacts {
    let texts: Texts = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    inspect_project(&texts, &Expectation::new()).facts
}

#[track_caller]
fn features_of(cargo: Option<CargoManifest>) -> Vec<String> {
    cargo.unwrap().pyo3.unwrap().features
}

#[test]
fn the_crate_is_where_the_settings_say() {
    for (said, at) in [
        ("manifest-path = \"rust/Cargo.toml\"", "rust"),
        ("manifest-path = \"./rust/Cargo.toml\"", "rust"),
        ("manifest-path = \"crates/../rust/./Cargo.toml\"", "rust"),
        ("manifest-path = \"../core/Cargo.toml\"", "../core"),
        // Where maturin looks by default.
        ("strip = true", "rust"),
    ] {
        let facts = facts(&[
            ("pyproject.toml", &PYPROJECT.replace("strip = true", said)),
            (&format!("{at}/Cargo.toml"), CARGO),
            (&format!("{at}/src/lib.rs"), SOURCE),
        ]);
        assert_eq!(facts.cargo.unwrap().path, format!("{at}/Cargo.toml"));
        assert_eq!(facts.pymodules[0].name, "fast", "{said}");
    }
}

#[test]
fn setuptools_rust_says_where_the_crate_is_too() {
    let pyproject = "[build-system]\nbuild-backend = \"setuptools.build_meta\"\n\n\
                     [[tool.setuptools-rust.ext-modules]]\ntarget = \"pkg.fast\"\npath = \"src/_fast/Cargo.toml\"\n";
    let facts = facts(&[
        ("pyproject.toml", pyproject),
        ("src/_fast/Cargo.toml", CARGO),
        ("src/_fast/src/lib.rs", SOURCE),
    ]);
    assert_eq!(facts.pymodules[0].name, "fast");
    assert_eq!(facts.module_leaf().unwrap().0, "fast");
}

#[test]
fn a_dependency_may_be_for_some_platforms() {
    let dependency = "pyo3 = { version = \"0.30\", features = [\"abi3-py39\"] }";
    let on_one = CARGO.replace("[dependencies]\npyo3 = \"0.30\"", "")
        + "\n[target.'cfg(unix)'.dependencies]\n";
    let of = |cargo: &str| features_of(facts(&[("Cargo.toml", cargo)]).cargo);
    assert_eq!(of(&format!("{on_one}{dependency}\n")), ["abi3-py39"]);
    let on_both = format!("{CARGO}\n[target.x86_64-pc-windows-msvc.dependencies]\n{dependency}\n");
    assert_eq!(of(&on_both), ["abi3-py39"]);
    // Dependencies of tests and build scripts aren't in the library.
    for kind in ["dev", "build"] {
        let cargo = CARGO.replace("[dependencies]", &format!("[{kind}-dependencies]"));
        let facts = facts(&[("Cargo.toml", &cargo)]);
        assert_eq!(facts.cargo.unwrap().pyo3, None, "{kind}");
    }
}

#[test]
fn a_members_workspace_is_above_it() {
    let member = CARGO.replace(
        "pyo3 = \"0.30\"",
        "pyo3 = { workspace = true, features = [\"chrono\"] }",
    );
    let root = "[workspace]\nmembers = [\"*\"]\n[workspace.dependencies]\n\
                pyo3 = { version = \"0.30\", features = [\"abi3-py39\"] }\n";
    let lock = "[[package]]\nname = \"pyo3\"\nversion = \"0.30.1\"\n";
    for (at, above) in [
        ("", "../"),
        ("", "../../"),
        ("rust/", ""),
        ("rust/a/", "rust/"),
    ] {
        let pyproject = PYPROJECT.replace(
            "strip = true",
            &format!("manifest-path = \"{at}Cargo.toml\""),
        );
        let facts = facts(&[
            ("pyproject.toml", &pyproject),
            (&format!("{at}Cargo.toml"), &member),
            (&format!("{above}Cargo.toml"), root),
            (&format!("{above}Cargo.lock"), lock),
        ]);
        assert_eq!(facts.locked[0].version, "0.30.1", "{at} below {above}");
        let pyo3 = facts.cargo.unwrap().pyo3.unwrap();
        assert_eq!(pyo3.requirement.as_deref(), Some("0.30"));
        assert_eq!(pyo3.stable_abi(), Some(PythonVersion::new(3, 9)));
        assert_eq!(pyo3.features, ["chrono", "abi3-py39"]);
    }
}

#[test]
fn a_crate_names_its_workspace() {
    let member = CARGO
        .replace("pyo3 = \"0.30\"", "py.workspace = true")
        .replace("edition", "workspace = \"../top\"\nedition");
    let root =
        "[workspace]\n[workspace.dependencies]\npy = { package = \"pyo3\", version = \"0.30\" }\n";
    let facts = facts(&[("Cargo.toml", &member), ("../top/Cargo.toml", root)]);
    assert_eq!(
        facts.cargo.unwrap().pyo3.unwrap().requirement.as_deref(),
        Some("0.30")
    );
}
