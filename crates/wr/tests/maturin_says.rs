//! Projects on which maturin really fails, with its actual messages and what `wr` makes of them. Each has a healthy
//! twin.
#![cfg(unix)]

mod support;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anatomy::project::inspect_metadata;
use anatomy::{OutputContext, explain_output};
use tempfile::TempDir;

use support::ordinary::Tools;
use support::{kept, program, python, tree};

/// Only the first build compiles anything.
const LIMIT: Duration = Duration::from_mins(5);

/// A project without dependencies: these tests don't need PyO3.
fn project(maturin: &str) -> TempDir {
    let dir = TempDir::new().expect("a temporary directory can be made");
    tree::write(
        &dir.path().join("Cargo.toml"),
        "[package]\nname = \"plain\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[lib]\ncrate-type = [\"cdylib\"]\n\n[workspace]\n",
    );
    tree::write(&dir.path().join("src/lib.rs"), "//! Nothing yet.\n");
    tree::write(
        &dir.path().join("pyproject.toml"),
        &format!(
            "[build-system]\nrequires = [\"maturin>=1\"]\nbuild-backend = \"maturin\"\n\n[project]\nname = \"plain\"\nversion = \"0.1.0\"\n\n[tool.maturin]\nbindings = \"cffi\"\n{maturin}\n"
        ),
    );
    dir
}

fn maturin(verb: &str, dir: &Path) -> Command {
    let tools = Tools::install(&python::any());
    let mut command = tools.command("maturin", dir);
    command
        .arg(verb)
        .env("CARGO_TARGET_DIR", kept("target-maturin-says"));
    command
}

/// The causes found in a run's output.
fn codes(said: &str) -> Vec<String> {
    explain_output(said, &OutputContext::new().speaker("maturin"))
        .iter()
        .map(|finding| finding.code.to_string())
        .collect()
}

#[track_caller]
fn fails(code: &str, command: &mut Command) {
    let ended = program::run(command, LIMIT);
    assert!(!ended.succeeded(), "it was to fail with {code}\n{ended}");
    assert_eq!(codes(&ended.said()), [code], "{ended}");
}

/// Requires that this cause isn't reported; something else that is missing may still end the run.
#[track_caller]
fn is_silent(code: &str, command: &mut Command) {
    let ended = program::run(command, LIMIT);
    assert!(!codes(&ended.said()).contains(&code.to_owned()), "{ended}");
}

#[test]
fn wr0208_two_environments_at_once() {
    let dir = project("");
    let venv = dir.path().join("somewhere");
    let python = python::any();
    let mut made = program::command(&python.program, dir.path());
    made.args(["-I", "-m", "venv", "--without-pip"]).arg(&venv);
    program::run(&mut made, LIMIT).or_fail("no virtual environment");
    fails(
        "WR0208",
        maturin("develop", dir.path())
            .env("VIRTUAL_ENV", &venv)
            .env("CONDA_PREFIX", dir.path().join("elsewhere")),
    );
    is_silent(
        "WR0208",
        maturin("develop", dir.path()).env("VIRTUAL_ENV", &venv),
    );
}

#[test]
fn wr0217_a_missing_python_source() {
    let dir = project("python-source = \"python\"");
    fails("WR0217", &mut maturin("build", dir.path()));
    tree::write(&dir.path().join("python/plain/__init__.py"), "");
    is_silent("WR0217", &mut maturin("build", dir.path()));
}

#[test]
fn wr0223_no_environment_to_install_into() {
    let dir = project("");
    fails("WR0223", &mut maturin("develop", dir.path()));
    is_silent("WR0223", &mut maturin("build", dir.path()));
}

#[test]
fn metadata_that_maturin_refuses_is_found_without_it() {
    let check = |lines: &str, files: &[&str], is_refused: bool| {
        let dir = project("");
        let manifest = dir.path().join("pyproject.toml");
        let text = std::fs::read_to_string(&manifest).expect("it was just written");
        let text = text.replace("version = \"0.1.0\"\n", lines);
        tree::write(&manifest, &text);
        for file in files {
            tree::write(&dir.path().join(file), "words\n");
        }
        let mut command = maturin("pep517", dir.path());
        command.args(["write-dist-info", "--metadata-directory", "info"]);
        let ended = program::run(&mut command, LIMIT);
        assert_eq!(ended.succeeded(), !is_refused, "{lines}: {ended}");
        let cargo = std::fs::read_to_string(dir.path().join("Cargo.toml")).expect("it is there");
        let texts = [("pyproject.toml", text), ("Cargo.toml", cargo)]
            .map(|(path, text)| (path.to_owned(), text))
            .into();
        let is_file = |path: &str| dir.path().join(path).is_file();
        let found = inspect_metadata(&texts, &is_file);
        assert_eq!(found.is_empty(), !is_refused, "{lines}: {found:#?}");
    };
    let version = "version = \"0.1.0\"\n";
    let with = |line: &str| format!("{version}{line}\n");
    check(version, &[], false);
    check(&with("readme = \"R.md\""), &[], true);
    check(&with("readme = \"R.md\""), &["R.md"], false);
    check(&with("license = { file = \"L\" }"), &[], true);
    check(&with("license = { file = \"L\" }"), &["L"], false);
    check(&with("license-files = [\"L*\"]"), &[], false);
    check(&with("license-files = [\"../L\"]"), &[], true);
    check("version = \"one\"\n", &[], true);
    check("dynamic = [\"version\"]\n", &[], false);
}
