//! A course made of exactly the files that a published document prints, completed only with what the document leaves
//! out.
//!
//! It requires Python 3.13 and PyO3 0.23. With such an interpreter it goes red and then green; if there are only older
//! ones, `wr` says so.
#![cfg(unix)]

mod support;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use diagnostic::Evidence;
use engine::{Status, Verdict};
use tempfile::TempDir;

use support::python::{self, Python};
use support::{kept, lock, tree, wr};

const EXERCISE: &str = "01_intro/01_setup";

/// The document's `requires-python`.
const NEW_ENOUGH: (u32, u32) = (3, 13);

/// A learner's clone of the document's course.
struct Clone {
    dir: TempDir,
}

impl Clone {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a temporary directory can be made");
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/document_course");
        tree::copy(&fixture, dir.path());
        fs::create_dir(dir.path().join(".git")).expect("a directory can be made in the clone");
        Self { dir }
    }

    fn root(&self) -> &Path {
        self.dir.path()
    }

    fn edit(&self, from: &str, to: &str) {
        let file = self
            .root()
            .join("exercises")
            .join(EXERCISE)
            .join("src/lib.rs");
        let text = fs::read_to_string(&file).expect("the clone has a library");
        assert!(text.contains(from), "{from} is not in {}", file.display());
        tree::write(&file, &text.replace(from, to));
    }

    fn check(&self) -> Command {
        let mut command = wr::check(self.root(), EXERCISE);
        command.args(["--format", "json"]);
        command
    }
}

#[test]
fn goes_red_and_then_green() {
    let found = python::all();
    let Some(python) = found
        .iter()
        .find(|one| one.minor() >= NEW_ENOUGH && one.has_ensurepip)
    else {
        support::tell(
            "NOT TESTED: this machine has no CPython 3.13 or newer on PATH or among the versions of pyenv and uv, \
             so the document's course was not seen to go red and green. Install one to test it.",
        );
        return;
    };
    // The first run compiles PyO3 0.23, which is then kept.
    let _lock = lock("state-document");
    let state = kept("state-document");
    let clone = Clone::new();
    // Without `--python`: `wr` has to find the interpreter where this test found it.
    let check = || {
        let ended = wr::run(clone.check().env("WR_STATE_DIR", &state));
        (wr::verdict(&ended), ended)
    };

    let (red, said) = check();
    assert_eq!(red.status, Status::Unfinished, "{said}");
    assert_eq!(wr::rules(&red), ["unfinished"], "{said}");
    let place = red.diagnostics[0].location().map(ToString::to_string);
    assert_eq!(place.as_deref(), Some("src/lib.rs:5:5"), "{said}");

    clone.edit("todo!()", "true");
    let (green, said) = check();
    assert_eq!(green.status, Status::Solved, "{said}");
    assert_eq!(green.tests.len(), 1, "{said}");

    // To cargo, every clone is a different package, so the next run can't use incremental compilation results.
    tree::remove(&state.join("target/debug/incremental"));
    support::tell(&format!(
        "the document's course went red and green with Python {} ({})",
        python.version_text(),
        python.program.display()
    ));
}

#[test]
fn an_older_interpreter_is_reported_with_what_to_do() {
    let outside = tempfile::tempdir().expect("a temporary directory can be made");
    let old = &older(outside.path());
    let machine = Machine::with(old);

    // Requested by path, although the machine may have newer ones.
    let clone = Clone::new();
    let ended = wr::run(clone.check().arg("--python").arg(&old.program));
    says_too_old(&wr::verdict(&ended), old, &old.program);

    // The only one there is.
    let clone = Clone::new();
    let ended = wr::run(&mut machine.only(clone.check()));
    says_too_old(&wr::verdict(&ended), old, &machine.python());

    // For people: the version, the path and the fix are on the screen.
    let mut command = wr::command(clone.root());
    command.args(["check", EXERCISE]);
    let ended = wr::run(&mut machine.only(command));
    assert_eq!(ended.code(), Some(1), "{ended}");
    for part in [
        "WR0402",
        ">=3.13",
        &old.version_text(),
        &machine.python().display().to_string(),
        "install a suitable version",
        "--python",
        "pyproject.toml",
    ] {
        assert!(ended.stdout.contains(part), "{part} is missing\n{ended}");
    }
}

/// An interpreter that is too old for the document but not for `wr`: one from this machine, or a newer one made to
/// report 3.12.
fn older(dir: &Path) -> Python {
    let found = python::all();
    let is_older = |one: &&Python| (3, 11) <= one.minor() && one.minor() < NEW_ENOUGH;
    if let Some(old) = found.iter().find(is_older) {
        return old.clone();
    }
    let new = python::any();
    let program = dir.join("python3.12");
    let script = format!(
        "#!/bin/sh\nexec '{}' -I -S -c '\
         import sys; \
         sys.version_info = (3, 12, 1, \"final\", 0); \
         sys.executable = sys.argv[1]; \
         exec(sys.argv[-1])' \"$0\" \"$@\"\n",
        new.program.display()
    );
    tree::write(&program, &script);
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755))
        .expect("a file of one's own can be made a program");
    Python {
        program,
        version: (3, 12, 1),
        has_ensurepip: true,
    }
}

#[track_caller]
fn says_too_old(verdict: &Verdict, old: &Python, place: &Path) {
    assert_eq!(verdict.status, Status::EnvironmentBroken, "{verdict:#?}");
    assert_eq!(wr::codes(verdict), ["WR0402"], "{verdict:#?}");
    let finding = &verdict.diagnostics[0];
    let place = place.display().to_string();
    for part in [">=3.13", &old.version_text(), &place] {
        assert!(finding.message.contains(part), "{part}: {finding:#?}");
    }
    let is_evidence =
        |one: &Evidence| matches!(one, Evidence::Program { name, .. } if *name == place);
    assert!(finding.evidence.iter().any(is_evidence), "{finding:#?}");
    let hint = finding.hint.as_deref().unwrap_or_default();
    assert!(
        hint.contains("install") && hint.contains("--python"),
        "{finding:#?}"
    );
    assert!(verdict.tests.is_empty(), "{verdict:#?}");
}

/// A machine with only one interpreter, and cargo.
struct Machine {
    dir: TempDir,
}

impl Machine {
    fn with(python: &Python) -> Self {
        let machine = Self {
            dir: tempfile::tempdir().expect("a temporary directory can be made"),
        };
        let bin = machine.dir.path().join("bin");
        fs::create_dir_all(&bin)
            .and_then(|()| fs::create_dir_all(machine.dir.path().join("home")))
            .and_then(|()| symlink(&python.program, machine.python()))
            .and_then(|()| symlink(env!("CARGO"), bin.join("cargo")))
            .expect("links can be made in a temporary directory");
        machine
    }

    fn python(&self) -> PathBuf {
        self.dir.path().join("bin/python3")
    }

    fn only(&self, mut command: Command) -> Command {
        let home = self.dir.path().join("home");
        command
            .env("PATH", self.dir.path().join("bin"))
            .env("HOME", &home)
            .env("PYENV_ROOT", home.join(".pyenv"))
            .env_remove("XDG_DATA_HOME")
            .env_remove("UV_PYTHON_INSTALL_DIR");
        command
    }
}
