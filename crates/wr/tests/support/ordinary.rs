//! The ordinary, slow ways to build and test an extension module: `maturin develop` and pytest, or `uv sync` and
//! pytest.
//!
//! The first test that needs the tools installs them from the package index, and they are kept.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::program::{self, Ended};
use super::python::Python;
use super::{TEST_LIMIT, kept, lock, repository, tree};

/// The packages to install. The bounds of maturin are those of the exercises.
const TOOLS: [&str; 2] = ["maturin>=1.9.4,<2", "uv>=0.9,<1"];

const INSTALL_LIMIT: Duration = Duration::from_mins(10);
const BUILD_LIMIT: Duration = Duration::from_mins(10);

/// The result of an ordinary build and test.
#[derive(Debug)]
pub enum Outcome {
    /// The extension could not be built or installed.
    NotBuilt(Ended),
    /// pytest ran.
    Ran(Tested),
}

/// The result of running pytest.
#[derive(Debug)]
pub struct Tested {
    /// The failed tests, and the files that could not be collected.
    pub failed: BTreeSet<String>,
    pub ended: Ended,
}

impl Tested {
    fn new(ended: Ended) -> Self {
        Self {
            failed: failed(&ended.stdout),
            ended,
        }
    }

    pub fn signal(&self) -> Option<i32> {
        self.ended.status?.signal()
    }
}

impl Outcome {
    /// How long it took.
    pub fn ended(&self) -> &Ended {
        match self {
            Self::NotBuilt(ended) => ended,
            Self::Ran(tested) => &tested.ended,
        }
    }
}

/// The test IDs in pytest's "short test summary info".
fn failed(stdout: &str) -> BTreeSet<String> {
    stdout
        .lines()
        .skip_while(|line| !line.contains("short test summary info"))
        .filter_map(|line| {
            line.strip_prefix("FAILED ")
                .or_else(|| line.strip_prefix("ERROR "))
        })
        .map(|line| line.split(" - ").next().unwrap_or(line).to_owned())
        .collect()
}

/// The directory of programs of a kept virtual environment with these packages; the first test that needs them installs them.
pub fn programs_with(name: &str, python: &Python, packages: &[&str]) -> PathBuf {
    let _lock = lock(name);
    let dir = kept(&format!("{name}-{}", python.version_text()));
    let bin = dir.join("bin");
    let stamp = dir.join("complete");
    let wanted = packages.join("\n");
    if fs::read_to_string(&stamp).is_ok_and(|present| present == wanted) {
        return bin;
    }
    let parent = kept("");
    fs::create_dir_all(&parent).unwrap_or_else(|error| panic!("{}: {error}", parent.display()));
    if !bin.join("pip").is_file() {
        let mut venv = program::command(&python.program, &parent);
        venv.args(["-I", "-m", "venv"]).arg(&dir);
        program::run(&mut venv, INSTALL_LIMIT).or_fail("no virtual environment can be made");
    }
    // Packages that an interrupted run has installed already aren't downloaded again.
    let mut pip = program::command(bin.join("python"), &parent);
    pip.args(["-I", "-m", "pip", "install", "--no-input", "--quiet"])
        .args(packages);
    program::run(&mut pip, INSTALL_LIMIT).or_fail(
        "packages that this test needs cannot be installed from the package index, so its first run needs the network",
    );
    tree::write(&stamp, &wanted);
    bin
}

/// The installed tools.
#[derive(Debug, Clone)]
pub struct Tools {
    bin: PathBuf,
    pub python: Python,
}

impl Tools {
    /// The tools for an interpreter, installed if they aren't yet.
    pub fn install(python: &Python) -> Self {
        Self {
            bin: programs_with("tools", python, &TOOLS),
            python: python.clone(),
        }
    }

    /// One of the tools, to be run in a directory.
    pub fn command(&self, name: &str, dir: &Path) -> std::process::Command {
        let mut command = program::command(self.bin.join(name), dir);
        command
            .env("UV_CACHE_DIR", kept("uv-cache"))
            .env("UV_PYTHON_DOWNLOADS", "never");
        command
    }

    /// A shell command line that finds the tools, and the Python they are installed for, before the programs in `more` and `wr`, and
    /// those before any others.
    pub fn shell(&self, line: &str, dir: &Path, more: &Path) -> std::process::Command {
        let mut command = self.command("/bin/sh", dir);
        let present = std::env::var_os("PATH").unwrap_or_default();
        let wr = Path::new(env!("CARGO_BIN_EXE_wr")).parent();
        let wr = wr.expect("a program is in a directory").to_owned();
        let first = [self.bin.clone(), more.to_owned(), wr];
        let dirs = first.into_iter().chain(std::env::split_paths(&present));
        command.args(["-c", line]).env(
            "PATH",
            std::env::join_paths(dirs).expect("what was joined before can be joined again"),
        );
        command
    }

    /// `uv sync` and `uv run pytest` in a copied exercise.
    pub fn uv(&self, exercise: &Path) -> Outcome {
        let uv = |args: &[&str], limit| {
            let mut command = self.command("uv", exercise);
            command
                .args(args)
                .env("UV_PYTHON", &self.python.program)
                // The directory that cargo builds in doesn't change what it builds; with one directory for all,
                // anything that doesn't depend on the interpreter is compiled once.
                .env("CARGO_TARGET_DIR", kept("target-uv"));
            program::run(&mut command, limit)
        };
        let synced = uv(&["sync"], BUILD_LIMIT);
        if !synced.succeeded() {
            return Outcome::NotBuilt(synced);
        }
        Outcome::Ran(Tested::new(uv(&["run", "pytest"], BUILD_LIMIT)))
    }

    /// A fresh virtual environment with what an exercise's tests need, in a place that no other test uses meanwhile.
    pub fn environment(&self, exercise: &Path) -> Environment<'_> {
        let lock = lock("environment");
        // Always at the same path: PyO3 is recompiled for every new interpreter path.
        let dir = kept("environment");
        tree::remove(&dir);
        let parent = kept("");
        let mut venv = self.command("uv", &parent);
        venv.args(["venv", "--quiet", "--seed", "--no-project", "--python"])
            .arg(&self.python.program)
            .arg(&dir);
        program::run(&mut venv, INSTALL_LIMIT).or_fail("no virtual environment can be made");
        let mut install = self.command("uv", &parent);
        install
            .args(["pip", "install", "--quiet", "--python"])
            .arg(dir.join("bin").join("python"))
            .arg("--group")
            .arg(format!(
                "{}:test",
                exercise.join("pyproject.toml").display()
            ));
        program::run(&mut install, INSTALL_LIMIT)
            .or_fail("what the exercise's tests need cannot be installed");
        Environment {
            tools: self,
            dir,
            _lock: lock,
        }
    }
}

/// A virtual environment, as if activated.
pub struct Environment<'t> {
    tools: &'t Tools,
    dir: PathBuf,
    _lock: fs::File,
}

impl Environment<'_> {
    /// `maturin develop` and `pytest` in a copied exercise.
    pub fn maturin(&self, exercise: &Path) -> Outcome {
        // The versions that the course has tried. Without the file, cargo would take the newest that the manifest
        // allows, and ask the index for them every time.
        let lock_file = repository().join("exercises").join("Cargo.lock");
        if lock_file.is_file() {
            fs::copy(&lock_file, exercise.join("Cargo.lock"))
                .unwrap_or_else(|error| panic!("{}: {error}", lock_file.display()));
        }
        let mut develop = self.command(&self.tools.bin.join("maturin"), exercise);
        develop
            // uv only replaces pip for installing the wheel, which takes pip a second.
            .args(["develop", "--uv"])
            .env("CARGO_TARGET_DIR", kept("target-maturin"))
            // To cargo, every copy is a different package, so incremental results would never be reused. Debug
            // information makes up a large part of the file that goes into the wheel and out again.
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0");
        let developed = program::run(&mut develop, BUILD_LIMIT);
        if !developed.succeeded() {
            return Outcome::NotBuilt(developed);
        }
        let mut pytest = self.command(&self.dir.join("bin").join("pytest"), exercise);
        Outcome::Ran(Tested::new(program::run(&mut pytest, TEST_LIMIT)))
    }

    /// Uninstalls the extension, so that the next one can't rely on it.
    pub fn uninstall(&self, package: &str) {
        let mut uninstall = self.tools.command("uv", &self.dir);
        uninstall
            .args(["pip", "uninstall", "--quiet", "--python"])
            .arg(self.dir.join("bin").join("python"))
            .arg(package);
        program::run(&mut uninstall, INSTALL_LIMIT).or_fail("the extension cannot be uninstalled");
    }

    fn command(&self, program: &Path, dir: &Path) -> std::process::Command {
        let present = std::env::var_os("PATH").unwrap_or_default();
        let first = [self.dir.join("bin"), self.tools.bin.clone()];
        let dirs = first.into_iter().chain(std::env::split_paths(&present));
        let path = std::env::join_paths(dirs).expect("the parts of a PATH make a PATH");
        let mut command = program::command(program, dir);
        command
            .env("VIRTUAL_ENV", &self.dir)
            .env("PATH", path)
            // Some tests build something, and ask `wr` about it.
            .env("WR", env!("CARGO_BIN_EXE_wr"))
            .env("WR_CACHE", kept("cache"));
        command
    }
}
