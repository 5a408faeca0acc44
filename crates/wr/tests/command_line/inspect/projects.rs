//! Projects are found where people keep them, in workspaces and next to other things.

use testkit::{Workshop, workshop};

use super::{WHEEL, extension, put_project, put_wheel};

const WORKSPACE: &str = "[workspace]\nmembers = [\"a\", \"b\"]\n\n[workspace.dependencies]\n\
                         pyo3 = { version = \"0.30\", features = [\"abi3-py39\"] }\n";
const LOCK: &str = "version = 4\n\n[[package]]\nname = \"pyo3-ffi\"\nversion = \"0.30.1\"\n";

/// A workspace whose member `a` is an extension without `pyproject.toml`, and whose member `b` isn't an extension.
fn put_workspace(at: &Workshop) {
    let crate_named = |name: &str, rest: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\n\n{rest}")
    };
    at.write("Cargo.toml", WORKSPACE)
        .write("Cargo.lock", LOCK)
        .write(
            "a/Cargo.toml",
            crate_named(
                "a",
                "[lib]\ncrate-type = [\"cdylib\"]\n\n[dependencies]\npyo3.workspace = true\n",
            ),
        )
        .write("a/src/lib.rs", "#[pyo3::pymodule]\nmod a {}\n")
        .write("b/Cargo.toml", crate_named("b", ""))
        .write("b/src/lib.rs", "")
        .write("target/debug/liba.so", extension().build());
}

#[test]
fn a_workspace_shows_the_extensions_in_it() {
    let at = workshop!("inspect-workspace");
    put_workspace(&at);
    at.wr(["inspect", "."])
        .run()
        .status(0)
        .says("a crate that uses PyO3")
        .says("requires PyO3 0.30, with abi3-py39")
        .says("pyo3-ffi 0.30.1")
        .never_says("a Python project without a crate")
        .never_says("doesn't use Python")
        .never_says("liba.so");
    // The member on its own has its workspace above it.
    at.wr(["inspect", "a"])
        .run()
        .says("requires PyO3 0.30, with abi3-py39")
        .says("pyo3-ffi 0.30.1");
    at.write("a/Cargo.toml", "[package]\nname = \"a\"\n");
    at.wr(["inspect", "."])
        .run()
        .status(0)
        .says("a Cargo workspace without an extension");
}

#[test]
fn things_next_to_a_project_are_shown_too() {
    let at = workshop!("inspect-mixed");
    put_project(&at, "here/fast");
    put_wheel(&at, &format!("here/dist/{WHEEL}"), &extension());
    at.write("here/_fast.abi3.so", extension().build())
        .write("here/fast/python/fast/_fast.abi3.so", extension().build())
        .write("here/target/lib_fast.so", extension().build());
    let outcome = at.wr(["inspect", "here"]).run();
    outcome
        .status(0)
        .says("a PyO3 extension, built by maturin")
        .says("_fast.abi3.so  ELF x86_64")
        .says("fast 1.0       cp39-abi3")
        .says("3 inspected")
        .never_says("here/fast/python")
        .never_says("here/target");
}

#[test]
fn nothing_is_claimed_about_a_broken_manifest() {
    let at = workshop!("inspect-broken-crate");
    put_project(&at, "fast");
    at.write("fast/Cargo.toml", "[package\n");
    at.wr(["inspect", "fast"])
        .run()
        .says("a project that isn't fully known: Cargo.toml can't be read")
        .never_says("without PyO3")
        .says("nothing wrong was found in what could be read")
        .fails("fast/Cargo.toml: 1:9", "fix the manifest");
}
