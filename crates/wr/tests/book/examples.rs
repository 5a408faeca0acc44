//! The examples on the pages, all built at once, and the Python sessions next to them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::selection::Selection;
use crate::support::ordinary::programs_with;
use crate::support::program::{self, Ended};
use crate::support::python::Python;
use crate::support::{kept, repository, tree};

/// PyO3 and thirty small crates, on a slow machine.
const BUILD_LIMIT: Duration = Duration::from_mins(10);

/// No session takes a second; the threads in some of them wait for each other.
const SESSION_LIMIT: Duration = Duration::from_mins(2);

/// The built examples.
pub struct Examples {
    python: Python,
    /// The interpreter of an environment with what the sessions import.
    program: PathBuf,
    /// Where their modules can be imported from.
    modules: PathBuf,
}

impl Examples {
    /// Builds them. A warning counts as an error here, since readers will copy this code.
    pub fn build(python: &Python) -> Self {
        let target = kept("target-book");
        let mut cargo = cargo(python, &target);
        cargo
            .args(["build", "--workspace", "--locked"])
            .env("PYO3_BUILD_EXTENSION_MODULE", "1");
        program::run(&mut cargo, BUILD_LIMIT).or_fail("the examples of the book do not build");
        let modules = kept("book-modules");
        tree::remove(&modules);
        fs::create_dir_all(&modules).expect("a directory can be made");
        for package in packages() {
            let name = fs::read_to_string(package.join("Cargo.toml"))
                .ok()
                .and_then(|text| text.parse::<toml::Table>().ok())
                .and_then(|manifest| Some(manifest["lib"]["name"].as_str()?.to_owned()))
                .unwrap_or_else(|| panic!("{}: no library has a name", package.display()));
            let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
            let built = target.join("debug").join(format!("{prefix}{name}{suffix}"));
            // An extension module ends in `.so` on macOS too.
            fs::copy(&built, modules.join(format!("{name}.so")))
                .unwrap_or_else(|error| panic!("{}: {error}", built.display()));
        }
        Self {
            python: python.clone(),
            program: programs(python).join("python"),
            modules,
        }
    }

    /// Runs the selected sessions and returns those whose output differs; or writes the new output.
    pub fn sessions(&self, selection: &Selection, is_capture: bool) -> String {
        let mut python = self.capture();
        if !is_capture {
            python.arg("--check");
        }
        let mut count = 0;
        for package in packages() {
            let entries = fs::read_dir(&package).expect("an example can be read");
            for path in entries.flatten().map(|entry| entry.path()) {
                let stem = path.file_stem().and_then(|stem| stem.to_str());
                let is_session = path.extension().is_some_and(|end| end == "txt")
                    && stem.is_some_and(|stem| stem.starts_with("session"));
                let below = path.strip_prefix(examples()).unwrap_or(&path);
                if is_session && selection.contains(&below.to_string_lossy()) {
                    python.arg(path);
                    count += 1;
                }
            }
        }
        assert!(
            count > 20 || !selection.is_everything(),
            "where are the sessions? {count} were found"
        );
        if count == 0 {
            return String::new();
        }
        let ended = program::run(&mut python, SESSION_LIMIT);
        if ended.succeeded() {
            String::new()
        } else {
            ended.to_string()
        }
    }

    /// Runs one session, whose standard output doesn't matter, for the first thing it prints to standard error.
    pub fn complaint(&self, session: &str) -> String {
        let file = examples().join(session);
        let mut python = self.capture();
        python.arg("--replay").arg(file);
        let ended = program::run(&mut python, SESSION_LIMIT).or_fail("the session does not run");
        let lines = ended.stderr.trim().lines();
        lines
            .take_while(|line| !line.is_empty() && !line.starts_with("note:"))
            .fold(String::new(), |text, line| text + line + "\n")
    }

    /// Runs the Rust tests of the examples that have any, and returns how many examples that is.
    pub fn unit_tests(&self) -> usize {
        let tested: Vec<PathBuf> = packages()
            .into_iter()
            .filter(|package| has_tests(&package.join("src")))
            .collect();
        for package in &tested {
            // A test program is linked with Python's library, so PyO3 is compiled for it separately.
            let mut cargo = cargo(&self.python, &kept("target-book-tests"));
            cargo
                .args(["test", "--lib", "--locked", "--manifest-path"])
                .arg(package.join("Cargo.toml"));
            program::run(&mut cargo, BUILD_LIMIT).or_fail("the tests of an example fail");
        }
        tested.len()
    }

    fn capture(&self) -> Command {
        let mut python = program::command(&self.program, &examples());
        python
            .arg(examples().join("capture.py"))
            .env("PYTHONPATH", &self.modules)
            .env("PYTHONDONTWRITEBYTECODE", "1");
        python
    }
}

/// A copy of an example as a separate project, with edits in its source, and the output of `wr` for it.
pub fn edited(example: &str, edits: &[[String; 2]], run: impl FnOnce(&Path) -> Ended) -> Ended {
    let root = kept("book-mistakes");
    let dir = root.join(example);
    tree::remove(&root);
    tree::copy(&examples().join(example), &dir);
    for file in ["Cargo.toml", "Cargo.lock"] {
        let from = examples().join(file);
        fs::copy(&from, root.join(file)).unwrap_or_else(|error| panic!("{error}"));
    }
    let lib = dir.join("src").join("lib.rs");
    let mut source = fs::read_to_string(&lib).expect("an example has a library");
    for [from, to] in edits {
        assert_eq!(
            source.matches(from.as_str()).count(),
            1,
            "{example}: `{from}` has to occur once"
        );
        source = source.replacen(from.as_str(), to, 1);
    }
    tree::write(&lib, &source);
    run(&dir)
}

/// The programs of an environment with the packages that sessions import and commands of pages run: those in
/// `book/examples/requirements.txt`.
pub fn programs(python: &Python) -> PathBuf {
    let file = examples().join("requirements.txt");
    let text =
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let packages: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    programs_with("book-environment", python, &packages)
}

pub fn examples() -> PathBuf {
    repository().join("book").join("examples")
}

/// The examples' directories, in order.
fn packages() -> Vec<PathBuf> {
    let below = |dir: &Path| {
        let entries = fs::read_dir(dir).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        paths.sort();
        paths
    };
    let chapters = below(&examples()).into_iter();
    chapters
        .flat_map(|chapter| below(&chapter))
        .filter(|dir| dir.join("Cargo.toml").is_file())
        .collect()
}

fn has_tests(sources: &Path) -> bool {
    let entries = fs::read_dir(sources).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| fs::read_to_string(entry.path()).ok())
        .any(|text| text.contains("#[cfg(test)]"))
}

fn cargo(python: &Python, target: &Path) -> Command {
    let mut cargo = program::command("cargo", &examples());
    cargo
        .env("CARGO_TARGET_DIR", target)
        .env("PYO3_PYTHON", &python.program)
        .env("RUSTFLAGS", "-D warnings");
    cargo
}
