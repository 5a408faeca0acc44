//! The ordinary tools: a fresh virtual environment, `maturin develop` and pytest, and `cargo test` if there are Rust
//! tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, bail};
use serde::Deserialize;

use super::list::Project;
use super::outcome::{Outcome, Outcomes};
use super::program::{self, Ended};
use super::tools::Tools;

const INSTALL_LIMIT: Duration = Duration::from_mins(10);
const BUILD_LIMIT: Duration = Duration::from_mins(15);
const TEST_LIMIT: Duration = Duration::from_mins(15);

/// The result with the ordinary tools.
#[derive(Debug)]
pub(super) struct Ordinary {
    pub(super) python: Outcomes,
    pub(super) rust: Outcomes,
    /// The files that could not be collected, without their extension.
    pub(super) uncollected: Vec<String>,
    /// Whether every tool reported success.
    pub(super) is_good: bool,
    /// The ends of the output of the tools that failed.
    pub(super) said: String,
}

/// The environment that a project's tests run in. There is one at a time, always at the same path, because PyO3 is
/// recompiled for every new interpreter path.
pub(super) fn environment(tools: &Tools) -> anyhow::Result<PathBuf> {
    Ok(tools.dir("environment")?.join("venv"))
}

/// Builds and tests a project.
pub(super) fn run(project: &Project, root: &Path, tools: &Tools) -> anyhow::Result<Ordinary> {
    let dir = root.join(&project.directory);
    let venv = environment(tools)?;
    set_up(project, &dir, &venv, tools)?;
    let target = tools.dir("target")?;
    let mut develop = tools.activated(&tools.program("maturin"), &venv, &dir);
    develop
        .args(["develop", "--uv"])
        .args(&project.develop)
        .env("CARGO_TARGET_DIR", &target)
        // Neither changes what the tests see. Each copy is built only once, so incremental results would never be used,
        // and debug information is a large part of what is compiled and copied.
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    let logs = |step: &str| tools.logs(&format!("{}/{step}", project.name));
    program::must(&mut develop, BUILD_LIMIT, &logs("develop"))?;
    let mut pytest = tools.activated(&venv.join("bin/pytest"), &venv, &dir);
    pytest.args(&project.arguments);
    let mut ordinary = tested(&mut pytest, &logs("pytest"), tools)?;
    if let Some(arguments) = &project.cargo {
        let mut cargo = tools.activated(Path::new("cargo"), &venv, &dir);
        cargo
            .arg("test")
            .arg("--no-fail-fast")
            .args(arguments)
            .env("CARGO_TARGET_DIR", &target)
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0");
        let ended = program::run(&mut cargo, BUILD_LIMIT, &logs("cargo"))?;
        ordinary.rust = of_libtest(&ended.stdout);
        if !ended.status.success() {
            ordinary.is_good = false;
            ordinary.said += &ended.tail();
        }
    }
    Ok(ordinary)
}

/// Runs pytest and reads its report.
pub(super) fn tested(pytest: &mut Command, logs: &Path, tools: &Tools) -> anyhow::Result<Ordinary> {
    let report = logs.join("report.xml");
    pytest.arg(format!("--junitxml={}", report.display()));
    let ended = program::run(pytest, TEST_LIMIT, logs)?;
    let (python, uncollected) = read(&report, tools, &ended)?;
    Ok(Ordinary {
        python,
        rust: Outcomes::default(),
        uncollected,
        is_good: ended.status.success(),
        said: if ended.status.success() {
            String::new()
        } else {
            ended.tail()
        },
    })
}

fn set_up(project: &Project, dir: &Path, venv: &Path, tools: &Tools) -> anyhow::Result<()> {
    let logs = tools.logs(&format!("{}/install", project.name));
    let mut make = tools.command("uv", dir);
    make.args(["venv", "--quiet", "--clear", "--seed", "--no-project"])
        .arg("--python")
        .arg(&tools.python)
        .arg(venv);
    program::must(&mut make, INSTALL_LIMIT, &logs)?;
    let uv = |arguments: &[&str]| {
        let mut uv = tools.activated(&tools.program("uv"), venv, dir);
        uv.arg("--quiet").args(arguments);
        uv
    };
    if let Some(groups) = &project.locked {
        let locked = logs.join("locked.txt");
        let mut export = uv(&["export", "--frozen", "--no-emit-project", "--output-file"]);
        export.arg(&locked).args(groups);
        program::must(&mut export, INSTALL_LIMIT, &logs)?;
        let mut install = uv(&["pip", "install", "--requirement"]);
        program::must(install.arg(&locked), INSTALL_LIMIT, &logs)?;
    }
    if !project.install.is_empty() {
        let mut install = uv(&["pip", "install"]);
        program::must(install.args(&project.install), INSTALL_LIMIT, &logs)?;
    }
    Ok(())
}

/// A test in pytest's report.
#[derive(Debug, Deserialize)]
struct Case {
    class: String,
    name: String,
    kinds: Vec<String>,
    messages: Vec<String>,
}

/// Python parses the report, so that we don't depend on the details of XML.
const READER: &str = "
import json, sys, xml.etree.ElementTree as tree
cases = [
    {
        'class': case.get('classname') or '',
        'name': case.get('name') or '',
        'kinds': [child.tag for child in case],
        'messages': [child.get('message') or '' for child in case],
    }
    for case in tree.parse(sys.argv[1]).iter('testcase')
]
print(json.dumps(cases))
";

fn read(report: &Path, tools: &Tools, ended: &Ended) -> anyhow::Result<(Outcomes, Vec<String>)> {
    if !report.is_file() {
        bail!(
            "pytest wrote no report ({}):\n{}",
            ended.status,
            ended.tail()
        );
    }
    let logs = report.with_extension("");
    fs::create_dir_all(&logs)?;
    let mut reader = program::command(&tools.python, &logs);
    reader.args(["-I", "-c", READER]).arg(report);
    let read = program::must(&mut reader, INSTALL_LIMIT, &logs)?;
    fs::remove_file(report)?;
    let cases: Vec<Case> = serde_json::from_str(&read.stdout).context("pytest's report")?;
    let mut outcomes = Outcomes::default();
    let mut uncollected = Vec::new();
    for case in cases {
        // A file that can't be collected has its own entry, which isn't a test.
        if case.messages.iter().any(|one| one == "collection failure") {
            uncollected.push(case.name.replace('.', "/"));
            continue;
        }
        let has = |kind: &str| case.kinds.iter().any(|one| one == kind);
        let outcome = if has("failure") || has("error") {
            Outcome::Failed
        } else if has("skipped") {
            Outcome::Skipped
        } else {
            Outcome::Passed
        };
        let name = if case.class.is_empty() {
            case.name
        } else {
            format!("{}.{}", case.class, case.name)
        };
        outcomes.add(name, outcome);
    }
    Ok((outcomes, uncollected))
}

/// The lines of libtest that report a test's outcome.
fn of_libtest(stdout: &str) -> Outcomes {
    let mut outcomes = Outcomes::default();
    for line in stdout.lines() {
        let Some((name, end)) = line
            .strip_prefix("test ")
            .and_then(|rest| rest.rsplit_once(" ... "))
        else {
            continue;
        };
        // `#[should_panic]` and compile-only documentation tests are marked in the name.
        let name = name.split(" - should panic").next().unwrap_or(name);
        let outcome = match end.split(',').next() {
            Some("ok") => Outcome::Passed,
            Some("FAILED") => Outcome::Failed,
            Some("ignored") => Outcome::Skipped,
            _ => continue,
        };
        outcomes.add(name.to_owned(), outcome);
    }
    outcomes
}

#[cfg(test)]
mod tests {
    use super::of_libtest;

    #[test]
    fn the_lines_of_libtest_are_read() {
        let outcomes = of_libtest(
            "running 3 tests\ntest tests::a ... ok\ntest tests::b ... FAILED\ntest c ... ignored, slow\n\ntest result: FAILED. 1 passed\n",
        );
        assert_eq!(outcomes.counts(), "1 passed, 1 failed, 1 skipped");
        assert!(outcomes.0.contains_key("tests::a"));
    }
}
