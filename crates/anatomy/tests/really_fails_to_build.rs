//! Builds that really fail: real projects, real cargo, PyO3's real build script. Each has a healthy twin, the same
//! project without the fault, which builds without any findings.
//!
//! All share one target directory, so that common parts are compiled once. They need PyO3 from cargo's registry, so the
//! first run needs the network.
#![allow(clippy::unwrap_used)] // Anything that can't be run fails the test.
#![allow(
    clippy::disallowed_methods,
    reason = "the test makes the projects, and the messages, that it gives to the crate"
)]

mod builds;

use builds::Project;
#[cfg(unix)]
use builds::find;

#[test]
fn wr0201_python_is_too_new() {
    Project::new("too-new").differs_by(&[("version", "3.99")], "WR0201");
}

#[test]
fn a_python_that_is_too_new_can_use_an_older_stable_abi() {
    for version in ["0.23", "0.30"] {
        let project = Project::new("too-new-for-all-but-abi3").manifest(&format!(
            "[lib]\ncrate-type = [\"cdylib\"]\n\n[dependencies]\npyo3-ffi = \"{version}\"\n\n[features]\nstable = [\"pyo3-ffi/abi3-py39\"]\n"
        ));
        let newer = project.config("newer.txt", &[("version", "3.99")]);
        let newer = [("PYO3_CONFIG_FILE", &*newer)];
        project.is_healthy(&["build", "--features", "stable"], &newer);
        project.fails("WR0201", &["build"], &newer);
    }
}

#[test]
fn wr0202_python_is_too_old() {
    Project::new("too-old").differs_by(&[("version", "3.6")], "WR0202");
}

#[test]
fn wr0203_the_stable_abi_is_newer_than_the_interpreter() {
    let project = Project::new("abi3-above").manifest(
        "[lib]\ncrate-type = [\"cdylib\"]\n\n[dependencies]\npyo3-ffi = \"0.30\"\n\n[features]\nold = [\"pyo3-ffi/abi3-py311\"]\nnew = [\"pyo3-ffi/abi3-py315\"]\n",
    );
    // This queries an interpreter rather than a file: it's older than the feature.
    project.is_healthy(&["build", "--features", "old"], &[]);
    project.fails("WR0203", &["build", "--features", "new"], &[]);
}

#[test]
fn wr0204_a_free_threaded_python_that_is_not_supported() {
    let project = Project::new("free-threaded");
    let healthy = [("version", "3.14"), ("build_flags", "Py_GIL_DISABLED")];
    let healthy = project.config("healthy.txt", &healthy);
    project.is_healthy(&["build"], &[("PYO3_CONFIG_FILE", &healthy)]);
    let sick = [("version", "3.13"), ("build_flags", "Py_GIL_DISABLED")];
    let sick = project.config("sick.txt", &sick);
    project.fails("WR0204", &["build"], &[("PYO3_CONFIG_FILE", &sick)]);
}

#[test]
fn wr0205_another_word_size() {
    let other = if cfg!(target_pointer_width = "64") {
        "32"
    } else {
        "64"
    };
    Project::new("width").differs_by(&[("pointer_width", other)], "WR0205");
}

#[test]
fn wr0206_no_python_is_found() {
    let project = Project::new("no-python");
    project.is_healthy(&["build"], &[]);
    let tools = project.dir.join("bin");
    std::fs::create_dir(&tools).unwrap();
    #[cfg(unix)]
    for name in ["cc", "rustc", "cargo", "ld", "as"] {
        let found = find(name);
        std::os::unix::fs::symlink(found, tools.join(name)).unwrap();
    }
    project.fails("WR0206", &["build"], &[("PATH", tools.to_str().unwrap())]);
}

#[test]
fn wr0207_a_configuration_file_by_a_relative_path() {
    let project = Project::new("relative");
    let file = project.config("pyo3.txt", &[]);
    project.is_healthy(&["build"], &[("PYO3_CONFIG_FILE", &file)]);
    project.fails("WR0207", &["build"], &[("PYO3_CONFIG_FILE", "pyo3.txt")]);
}

#[test]
fn wr0208_two_environments_at_once() {
    let project = Project::new("environments");
    let one = [("VIRTUAL_ENV", env!("CARGO_TARGET_TMPDIR"))];
    let both = [one[0], ("CONDA_PREFIX", "/nowhere")];
    // It's only a warning, and cargo shows warnings from dependencies only on request.
    let (_, said) = project.cargo(&["build", "-vv"], &both);
    assert_eq!(builds::codes(&said), ["WR0208"], "{said}");
    let (_, said) = project.cargo(&["build", "-vv"], &one);
    assert!(
        !builds::codes(&said).contains(&"WR0208".to_owned()),
        "{said}"
    );
}

#[test]
fn wr0209_a_test_program_that_is_not_linked_with_python() {
    let project = Project::new("unlinked").write(
        "src/lib.rs",
        "#[test]\nfn it_is_there() {\n    assert_eq!(unsafe { pyo3_ffi::Py_IsInitialized() }, 0);\n}\n",
    );
    project.is_healthy(&["test", "--lib", "--no-run"], &[]);
    project.fails(
        "WR0209",
        &["test", "--lib", "--no-run"],
        &[("PYO3_BUILD_EXTENSION_MODULE", "1")],
    );
}

#[test]
#[cfg(target_os = "linux")]
fn wr0211_the_python_library_is_missing() {
    let project = Project::new("no-library").write("src/lib.rs", "pub use pyo3_ffi as ffi;\n");
    let lines = [
        ("suppress_build_script_link_lines", "false"),
        ("lib_name", "python3.12"),
        ("lib_dir", "/nowhere"),
    ];
    let file = project.config("sick.txt", &lines);
    // An extension doesn't link it, but a library that embeds Python does.
    project.is_healthy(
        &["build"],
        &[
            ("PYO3_CONFIG_FILE", &file),
            ("PYO3_BUILD_EXTENSION_MODULE", "1"),
        ],
    );
    project.fails("WR0211", &["build"], &[("PYO3_CONFIG_FILE", &file)]);
}

#[test]
fn wr0212_two_versions_of_pyo3() {
    let project = Project::new("two-versions");
    project.is_healthy(&["build"], &[]);
    let project = project.manifest(
        "[dependencies]\npyo3-ffi = \"0.30\"\nolder = { package = \"pyo3-ffi\", version = \"0.29\" }\n",
    );
    project.fails("WR0212", &["build"], &[]);
}

#[test]
fn wr0214_a_hyphen_in_the_library_name() {
    let healthy = "[lib]\nname = \"my_module\"\ncrate-type = [\"cdylib\"]\n";
    let project = Project::new("hyphen").manifest(healthy);
    project.is_healthy(&["build"], &[]);
    let project = project.manifest(&healthy.replace("my_module", "my-module"));
    project.fails("WR0214", &["build"], &[]);
}

#[test]
fn wr0215_a_cdylib_used_by_rust_tests() {
    let project = Project::new("importable")
        .manifest("[lib]\ncrate-type = [\"cdylib\", \"rlib\"]\n")
        .write("src/lib.rs", "pub fn two() -> u32 {\n    2\n}\n")
        .write(
            "tests/it.rs",
            "use importable::two;\n\n#[test]\nfn it() {\n    assert_eq!(two(), 2);\n}\n",
        );
    project.is_healthy(&["test", "--no-run"], &[]);
    let project = project.manifest("[lib]\ncrate-type = [\"cdylib\"]\n");
    project.fails("WR0215", &["test", "--no-run"], &[]);
}

#[test]
fn wr0216_a_shared_library_for_a_static_target() {
    let project = Project::new("all-static").manifest("[lib]\ncrate-type = [\"cdylib\"]\n");
    project.is_healthy(&["build"], &[]);
    // cargo asks rustc what the target supports before compiling anything, so the target doesn't have to be installed.
    let target = "x86_64-unknown-linux-musl";
    project.fails("WR0216", &["build", "--target", target], &[]);
}

#[test]
#[cfg(target_os = "linux")]
fn wr0219_no_linker() {
    let project = Project::new("linker").manifest("[lib]\ncrate-type = [\"cdylib\"]\n");
    project.is_healthy(&["build"], &[]);
    project.fails(
        "WR0219",
        &["build"],
        &[("RUSTFLAGS", "-Clinker=nowhere-at-all")],
    );
}

#[test]
fn wr0220_a_tool_chain_that_is_too_old() {
    let project = Project::new("old-rust").manifest("rust-version = \"1.85\"\n");
    project.is_healthy(&["build"], &[]);
    let project = project.manifest("rust-version = \"1.999\"\n");
    project.fails("WR0220", &["build"], &[]);
}
