//! New projects with the ordinary tools: maturin builds their wheels, which contain what they should.
#![cfg(unix)]

mod support;

use std::fs;
use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

use support::ordinary::Tools;
use support::{kept, program, python, wr};

/// The first build compiles PyO3.
const LIMIT: Duration = Duration::from_mins(10);

/// Makes a project, has maturin build its wheel, and requires that `wr inspect` finds nothing wrong, that its name has this
/// tag, and that it contains these files.
fn check(options: &[&str], tag: &str, contents: &[&str]) {
    let dir = TempDir::new().expect("a temporary directory can be made");
    wr::run(
        wr::command(dir.path())
            .args(["new", "brisk-sums"])
            .args(options),
    )
    .or_fail("there is no project");
    let project = dir.path().join("brisk-sums");
    let python = python::any();
    let tools = Tools::install(&python);
    let mut build = tools.command("maturin", &project);
    build
        .args(["build", "--out", "dist", "--interpreter"])
        .arg(&python.program)
        .env("CARGO_TARGET_DIR", kept("target-new-project"));
    program::run(&mut build, LIMIT).or_fail("maturin builds no wheel");
    let wheel = only_file(&project.join("dist"));
    let mut inspect = wr::command(&project);
    inspect.args(["inspect", "--check"]).arg(&wheel);
    wr::run(&mut inspect).or_fail("something is wrong with the wheel");
    let name = wheel.file_name().unwrap_or_default().to_string_lossy();
    assert!(name.contains(tag), "{name}");
    let names = names_in(&wheel);
    for file in contents {
        let is_there = names.iter().any(|name| name.starts_with(file));
        assert!(is_there, "no {file} in {names:?}");
    }
}

/// The paths of a wheel's files.
fn names_in(wheel: &Path) -> Vec<String> {
    let opened = fs::File::open(wheel).expect("the wheel can be read");
    let archive = zip::ZipArchive::new(opened).expect("a wheel is a zip");
    let names = archive.file_names();
    names
        .map(|name| name.expect("names are in UTF-8").into_owned())
        .collect()
}

fn only_file(dir: &Path) -> std::path::PathBuf {
    let mut entries = fs::read_dir(dir).expect("maturin made it").flatten();
    let first = entries.next().expect("there is a wheel").path();
    assert!(entries.next().is_none(), "there is more than one");
    first
}

#[test]
fn a_mixed_project_has_a_typed_package_with_the_native_module() {
    check(
        &[],
        "-cp3",
        &[
            "brisk_sums/__init__.py",
            "brisk_sums/_core.pyi",
            "brisk_sums/py.typed",
            "brisk_sums/_core.cpython-",
        ],
    );
}

#[test]
fn one_wheel_of_the_stable_abi_is_for_all_versions() {
    check(
        &["--layout", "rust", "--abi3"],
        "-cp311-abi3-",
        &[
            "brisk_sums/brisk_sums.abi3.so",
            "brisk_sums/__init__.pyi",
            "brisk_sums/py.typed",
        ],
    );
}
