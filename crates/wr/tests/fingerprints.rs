//! PyO3 is compiled once, whatever changes in the environment between the commands of a session, however `wr` is
//! started, and whatever the learner edits.
#![cfg(unix)]

mod support;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use engine::{Outcome, Status};
use tempfile::TempDir;

use support::program::{self, Ended};
use support::python::{self, Python};
use support::{kept, repository, tree, wr};

const ONE: &str = "01_pair/01_one";
const TWO: &str = "01_pair/02_two";

#[test]
fn pyo3_is_compiled_once_in_a_session() {
    let session = Session::fresh();
    let other = TempDir::new().expect("a temporary directory can be made");
    let venv = session.virtual_environment(&other.path().join("venv"));
    let linked = link_to(&session.python, &other.path().join("bin"));
    let mut counted = Compilations::default();

    counted.add(&session.check(ONE, 1, |_| {}));
    let compiled = session.compiled();
    assert!(!compiled.is_empty(), "there is no PyO3 in wr's directory");
    counted.add(&session.check(TWO, 1, under_cargo));

    session.solve(ONE, "todo!()", "1");
    counted.add(&session.check(ONE, 0, |command| {
        command.env("VIRTUAL_ENV", "/nowhere/at/all");
    }));
    session.solve(TWO, "todo!(\"double {number}\")", "2 * number");
    counted.add(&session.check(TWO, 0, |command| {
        command
            .env("PYO3_PYTHON", "/nowhere/at/all/python")
            .env("CONDA_PREFIX", "/nowhere/at/all");
    }));
    // As after `source .venv/bin/activate`, in an environment of the same interpreter.
    counted.add(&session.check(ONE, 0, |command| {
        command.env("VIRTUAL_ENV", &venv);
        first_on_path(command, &venv.join("bin"));
    }));
    counted.add(&session.check(TWO, 0, |command| {
        command.env("VIRTUAL_ENV", &venv);
        first_on_path(command, &venv.join("bin"));
        under_cargo(command);
    }));
    // The same interpreter under another name.
    counted.add(&session.check(ONE, 0, |command| first_on_path(command, &linked)));
    session.solve(ONE, "\n        1\n", "\n        2 - 1\n");
    counted.add(&session.check(ONE, 0, |command| {
        command
            .env("CARGO_TARGET_DIR", other.path().join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .env("PYO3_CONFIG_FILE", "/nowhere/at/all.txt");
    }));
    counted.add(&session.check(TWO, 0, |_| {}));

    for package in ["pyo3", "pyo3-ffi", "pyo3-build-config"] {
        let by = counted.of(package);
        assert_eq!(by, [1], "the commands that compiled {package}");
    }
    assert_eq!(
        session.compiled(),
        compiled,
        "PyO3's files were written again"
    );
    support::tell(&format!(
        "pyo3, pyo3-ffi and pyo3-build-config were compiled once in {} commands",
        counted.commands
    ));
}

#[test]
fn rust_tests_of_an_extension_run_with_an_embedded_interpreter() {
    let session = Session::with_kept_state();
    let red = session.verdict(TWO);
    assert_eq!(red.status, Status::Unfinished, "{red:#?}");
    let compiled = session.compiled();

    session.solve(TWO, "todo!(\"double {number}\")", "2 * number");
    let green = session.verdict(TWO);
    assert_eq!(green.status, Status::Solved, "{green:#?}");
    let passed: Vec<&str> = green
        .tests
        .iter()
        .filter(|test| test.outcome == Outcome::Passed)
        .map(|test| test.id.as_str())
        .collect();
    assert_eq!(
        passed,
        [
            "two::tests::doubles_in_rust",
            "two::tests::doubles_through_the_interpreter",
            "tests/test_two.py::test_double",
        ]
    );
    assert_eq!(session.compiled(), compiled, "PyO3 was compiled again");

    // A failure inside the interpreter belongs to the Rust test, with its location.
    session.solve(TWO, "2 * number", "3 * number");
    let wrong = session.verdict(TWO);
    assert_eq!(wrong.status, Status::TestsFail, "{wrong:#?}");
    let failed = wrong
        .tests
        .iter()
        .find(|test| test.id == "two::tests::doubles_through_the_interpreter")
        .expect("the test ran");
    assert_eq!(failed.outcome, Outcome::Failed);
    let place = failed.place.as_ref().map(ToString::to_string);
    assert_eq!(place.as_deref(), Some("src/lib.rs:30:13"), "{failed:#?}");
}

/// A course with two untouched extension modules.
struct Session {
    dir: TempDir,
    /// Where `wr` keeps its files.
    state: PathBuf,
    python: Python,
}

impl Session {
    /// A session with nothing compiled yet.
    fn fresh() -> Self {
        let dir = course();
        let state = dir.path().join(".wr");
        Self {
            dir,
            state,
            python: python::any(),
        }
    }

    /// A session that reuses what earlier tests have compiled.
    fn with_kept_state() -> Self {
        Self {
            dir: course(),
            state: kept("state"),
            python: python::any(),
        }
    }

    /// `wr`, with the tests' interpreter first on `PATH`.
    fn command(&self, exercise: &str) -> Command {
        let mut command = wr::check(self.dir.path(), exercise);
        command.env("WR_STATE_DIR", &self.state);
        let bin = self
            .python
            .program
            .parent()
            .expect("a program is in a directory");
        first_on_path(&mut command, bin);
        command
    }

    /// A check with text output and everything the tools print, which must exit with `code`.
    #[track_caller]
    fn check(&self, exercise: &str, code: i32, change: impl FnOnce(&mut Command)) -> Ended {
        let mut command = self.command(exercise);
        command.arg("--verbose");
        change(&mut command);
        let ended = wr::run(&mut command);
        assert_eq!(ended.code(), Some(code), "{ended}");
        ended
    }

    fn verdict(&self, exercise: &str) -> engine::Verdict {
        let mut command = self.command(exercise);
        command.args(["--format", "json"]);
        wr::verdict(&wr::run(&mut command))
    }

    #[track_caller]
    fn solve(&self, exercise: &str, from: &str, to: &str) {
        let exercises = self.dir.path().join("exercises");
        let file = exercises.join(exercise).join("src/lib.rs");
        let text = fs::read_to_string(&file).expect("the exercise has a library");
        assert!(text.contains(from), "{from:?} is not in {text}");
        tree::write(&file, &text.replacen(from, to, 1));
    }

    /// PyO3's compiled files, with their modification times.
    fn compiled(&self) -> BTreeMap<PathBuf, SystemTime> {
        let deps = self.state.join("target/debug/deps");
        let entries = fs::read_dir(&deps).into_iter().flatten().flatten();
        entries
            .filter(|entry| entry.file_name().to_string_lossy().starts_with("libpyo3"))
            .filter_map(|entry| {
                let written = entry.metadata().and_then(|data| data.modified());
                Some((entry.path(), written.ok()?))
            })
            .collect()
    }

    fn virtual_environment(&self, dir: &Path) -> PathBuf {
        let mut venv = program::command(&self.python.program, self.dir.path());
        venv.args(["-I", "-m", "venv", "--without-pip"]).arg(dir);
        program::run(&mut venv, Duration::from_mins(2)).or_fail("no virtual environment");
        dir.to_owned()
    }
}

fn course() -> TempDir {
    let dir = TempDir::new().expect("a temporary directory can be made");
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/two_extensions");
    tree::copy(&fixture, dir.path());
    // The versions that the course has tried.
    let lock_file = repository().join("exercises/Cargo.lock");
    fs::create_dir(dir.path().join(".git"))
        .and_then(|()| fs::copy(&lock_file, dir.path().join("exercises/Cargo.lock")))
        .expect("the course can be completed");
    dir
}

fn link_to(python: &Python, dir: &Path) -> PathBuf {
    fs::create_dir_all(dir)
        .and_then(|()| symlink(&python.program, dir.join("python3")))
        .expect("links can be made in a temporary directory");
    dir.to_owned()
}

fn first_on_path(command: &mut Command, dir: &Path) {
    let set = command
        .get_envs()
        .find(|(name, _)| *name == "PATH")
        .and_then(|(_, value)| value.map(OsString::from));
    let present = set.or_else(|| std::env::var_os("PATH")).unwrap_or_default();
    let dirs = std::iter::once(dir.to_owned()).chain(std::env::split_paths(&present));
    let path = std::env::join_paths(dirs).expect("the parts of a PATH make a PATH");
    command.env("PATH", path);
}

/// The variables that `cargo run` sets for its program (cargo book, "Environment Variables").
fn under_cargo(command: &mut Command) {
    let root = repository();
    let crate_dir = root.join("crates/wr");
    let toolchain = Path::new(env!("CARGO"))
        .ancestors()
        .nth(2)
        .expect("cargo is in its toolchain's bin");
    let libraries = [
        root.join("target/debug/deps"),
        root.join("target/debug"),
        toolchain.join("lib"),
    ];
    let library_path = std::env::join_paths(libraries).expect("directories make a path");
    command
        .env("CARGO", env!("CARGO"))
        .env("CARGO_MANIFEST_DIR", &crate_dir)
        .env("CARGO_MANIFEST_PATH", crate_dir.join("Cargo.toml"))
        .env("CARGO_PKG_NAME", "wr")
        .env("CARGO_PKG_VERSION", "0.1.0")
        .env("CARGO_PKG_RUST_VERSION", "1.95")
        .env("LD_LIBRARY_PATH", library_path);
}

/// The compilations reported by `--verbose`.
#[derive(Debug, Default)]
struct Compilations {
    commands: u32,
    /// The commands that compiled a package, counted from 1.
    by: BTreeMap<String, Vec<u32>>,
}

impl Compilations {
    fn add(&mut self, ended: &Ended) {
        self.commands += 1;
        for line in ended.said().lines() {
            let mut words = line.split_ascii_whitespace();
            if words.next() == Some("compiling")
                && let (Some(package), Some(version)) = (words.next(), words.next())
                && version.starts_with('v')
            {
                let by = self.by.entry(package.to_owned()).or_default();
                by.push(self.commands);
            }
        }
    }

    fn of(&self, package: &str) -> &[u32] {
        self.by.get(package).map_or(&[], Vec::as_slice)
    }
}
