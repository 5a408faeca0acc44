//! Popular packages: small tests under plain pytest, and under `wr check` and `wr watch` in the same environment.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, ensure};
use rayon::prelude::*;
use serde::Deserialize;

use super::compare::Comparison;
use super::list::Known;
use super::report::{Report, Row};
use super::tools::Tools;
use super::watch::Watch;
use super::{emptied, ordinary, program, ways};

const LIST: &str = "xtask/data/agreement/packages.toml";

/// The path of the exercise in its course, and of the file with its tests.
const EXERCISE: &str = "exercises/01_packages/01_package";
const TESTS: &str = "test_it.py";

/// A package on the list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Package {
    name: String,
    /// What to install in addition to pytest.
    #[serde(default)]
    requirements: Vec<String>,
    test: String,
    /// pytest's settings.
    #[serde(default)]
    ini: String,
    /// Other files of the exercise.
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// The reviewed differences.
    #[serde(default)]
    known: Vec<Known>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    package: Vec<Package>,
}

fn list() -> anyhow::Result<Vec<Package>> {
    let path = crate::tidy::workspace_root()?.join(LIST);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {LIST}"))?;
    let list: List = toml::from_str(&text).with_context(|| LIST.to_owned())?;
    Ok(list.package)
}

/// Compares packages whose name contains a string.
pub(super) fn compare(only: Option<&str>, tools: &Tools) -> anyhow::Result<Report> {
    let mut packages = list()?;
    packages.retain(|package| only.is_none_or(|only| package.name.contains(only)));
    ensure!(!packages.is_empty(), "no package on the list matches");
    let done = AtomicUsize::new(0);
    let rows: Vec<anyhow::Result<Row>> = packages
        .par_iter()
        .map(|package| {
            let row = compared(package, tools);
            let number = done.fetch_add(1, Ordering::Relaxed) + 1;
            let place = format!("[{number}/{} {}]", packages.len(), package.name);
            match &row {
                Ok(row) => println!("{place} {}", row.summary()),
                Err(error) => println!("{place} FAILED: {error:#}"),
            }
            row
        })
        .collect();
    let mut report = Report::default();
    for (package, row) in packages.iter().zip(rows) {
        match row {
            Ok(row) => report.add(row),
            Err(error) => report.failed(&package.name, &error),
        }
    }
    Ok(report)
}

fn compared(package: &Package, tools: &Tools) -> anyhow::Result<Row> {
    let root = emptied(&tools.dir("packages")?.join(&package.name))?;
    lay_out(package, &root)?;
    let exercise = root.join(EXERCISE);
    let state = root.join("state");
    let wr = |verb: &str| {
        // uv, which is among the tools, creates the environment in a moment.
        let mut command = tools.with_path(program::command(&tools.wr, &exercise));
        command
            .args([verb, "--format", "json", "--python"])
            .arg(&tools.python)
            .env("WR_STATE_DIR", &state);
        command
    };
    let logs = |step: &str| tools.logs(&format!("packages/{}/{step}", package.name));
    let mut runs = Vec::new();
    for (run, arguments) in [
        ("run 1", &[][..]),
        ("run 2, rechecked", &["--recheck"]),
        ("run 3, rechecked", &["--recheck"]),
    ] {
        runs.push((run, ways::asked(wr("check").args(arguments), &logs(run))?));
    }
    let mut watch = Watch::start(&mut wr("watch"), &exercise.join(TESTS))?;
    runs.push(("watch, at first", watch.verdict()?));
    runs.push(("watch, first save", watch.save()?));
    runs.push(("watch, second save", watch.save()?));
    drop(watch);
    let ordinary = ordinary::tested(&mut plain(&root, &state)?, &logs("pytest"), tools)?;
    Ok(Row::of_package(
        &package.name,
        Comparison::of(&package.known, ordinary, runs),
    ))
}

/// Writes a course with one exercise, and next to it the same for plain pytest.
fn lay_out(package: &Package, root: &Path) -> anyhow::Result<()> {
    let mut requirements = vec![format!("{:?}", "pytest>=8")];
    requirements.extend(package.requirements.iter().map(|one| format!("{one:?}")));
    let pyproject = format!(
        "[dependency-groups]\ntest = [{}]\n",
        requirements.join(", ")
    );
    let ini = format!("[pytest]\n{}\n", package.ini);
    let files = package.files.iter();
    let files = files.map(|(name, text)| (name.as_str(), text.as_str()));
    for dir in [root.join(EXERCISE), root.join("plain")] {
        fs::create_dir_all(&dir)?;
        for (name, text) in files.clone().chain([
            (TESTS, package.test.as_str()),
            ("pytest.ini", ini.as_str()),
            ("pyproject.toml", pyproject.as_str()),
        ]) {
            fs::write(dir.join(name), text)?;
        }
    }
    fs::create_dir_all(root.join(".git"))?;
    fs::write(root.join(".git/HEAD"), "ref: refs/heads/main\n")?;
    fs::write(root.join(".wr.toml"), "")?;
    Ok(())
}

/// `python -m pytest`, with the interpreter of the environment that `wr` has created.
fn plain(root: &Path, state: &Path) -> anyhow::Result<Command> {
    let mut pythons: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(state.join("venv"))? {
        let python = entry?.path().join("bin/python");
        pythons.extend(python.exists().then_some(python));
    }
    ensure!(pythons.len() == 1, "which environment is it? {pythons:?}");
    let mut command = program::command(&pythons[0], &root.join("plain"));
    command.args(["-m", "pytest"]);
    Ok(command)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::list;

    #[test]
    fn the_list_is_read_and_names_some_sixty_packages_once() {
        let packages = list().unwrap();
        let names: BTreeSet<&str> = packages.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names.len(), packages.len());
        assert!(names.len() >= 60, "{}", names.len());
        // The tests of pytest-bdd are generated from a file next to them.
        let has_tests = |text: &str| text.contains("def test_") || text.contains("scenarios(");
        for package in &packages {
            assert!(has_tests(&package.test), "{}", package.name);
        }
    }
}
