//! A hundred exercises at once: verifying all solutions, compared with one plain `cargo build` of all of them.

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use serde_json::Value;

use super::bench_dir::{BenchDir, command, found_course, must};
use super::samples::Samples;

const CHAPTERS: u32 = 10;
const EXERCISES: u32 = 10;

/// The measurements, in milliseconds.
#[derive(Default)]
pub(super) struct Many {
    /// `cargo build` of the whole workspace, with dependencies already built.
    pub(super) cargo: Samples,
    /// `wr check --all --solutions`.
    pub(super) wr: Samples,
    /// The tests' own time, one after another: collecting and running.
    pub(super) tests: Samples,
    /// `wr check --all --solutions` once more, with nothing changed.
    pub(super) again: Samples,
}

pub(super) fn exercises() -> u32 {
    CHAPTERS * EXERCISES
}

pub(super) fn measure(bench_dir: &BenchDir, rounds: u32) -> anyhow::Result<Many> {
    let mut many = Many::default();
    let ours = bench_dir.dir.join("courses/wr");
    let plain = bench_dir.dir.join("courses/cargo");
    // The first round builds the dependencies and doesn't count.
    for round in 0..=rounds {
        eprintln!("{} exercises: round {round} of {rounds}", exercises());
        for dir in [&ours, &plain] {
            write(dir, round)?;
        }
        lay_solutions_over(&plain)?;
        let began = Instant::now();
        must(
            command("cargo", &plain.join("exercises"))
                .args(["build", "--workspace"])
                .env("PYO3_BUILD_EXTENSION_MODULE", "1"),
        )?;
        let cargo = began.elapsed();
        let (wr, verdicts) = check(bench_dir, &ours)?;
        let (again, _) = check(bench_dir, &ours)?;
        if round > 0 {
            many.cargo.push(cargo);
            many.wr.push(wr);
            many.tests.push_ms(tests_alone(&verdicts));
            many.again.push(again);
        }
    }
    Ok(many)
}

fn check(bench_dir: &BenchDir, dir: &Path) -> anyhow::Result<(std::time::Duration, Value)> {
    let began = Instant::now();
    let output = command(&bench_dir.wr, dir)
        .args(["check", "--all", "--solutions", "--format", "json"])
        .output()?;
    let elapsed = began.elapsed();
    let document: Value = serde_json::from_slice(&output.stdout)
        .with_context(|| String::from_utf8_lossy(&output.stderr).into_owned())?;
    anyhow::ensure!(
        document["solved"] == true
            && document["verdicts"].as_array().map(Vec::len) == Some(exercises() as usize),
        "wr check --all --solutions says:\n{document:#}"
    );
    Ok((elapsed, document))
}

/// The total time for collecting and running the tests, in milliseconds.
fn tests_alone(document: &Value) -> f64 {
    let timings = document["verdicts"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|verdict| verdict["timings"].as_array())
        .flatten();
    timings
        .filter(|timing| {
            timing["step"] == "python_tests/collect" || timing["step"] == "python_tests/run"
        })
        .filter_map(|timing| timing["milliseconds"].as_f64())
        .sum()
}

/// Writes the course. Each round uses new package names, so that all exercises are new to cargo while their
/// dependencies are already built.
fn write(dir: &Path, round: u32) -> anyhow::Result<()> {
    for part in ["exercises", "solutions"] {
        for chapter in 1..=CHAPTERS {
            let gone = dir.join(part).join(chapter_name(chapter));
            if gone.exists() {
                fs::remove_dir_all(&gone)?;
            }
        }
    }
    found_course(dir)?;
    put(
        &dir.join("exercises/Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"[0-9]*_*/*\"]\n",
    )?;
    for chapter in 1..=CHAPTERS {
        for number in 1..=EXERCISES {
            let place = format!("{}/{number:02}_part", chapter_name(chapter));
            let name = format!("r{round}_c{chapter:02}_e{number:02}");
            let exercise = dir.join("exercises").join(&place);
            put(&exercise.join("Cargo.toml"), &cargo_toml(&name))?;
            put(&exercise.join("pyproject.toml"), &pyproject(&name))?;
            put(&exercise.join("src/lib.rs"), &library(&name, "todo!()"))?;
            put(
                &exercise.join("sample/tests/test_sample.py"),
                &tests(&name, number),
            )?;
            put(
                &dir.join("solutions").join(&place).join("src/lib.rs"),
                &library(&name, &format!("price * {number} / 100")),
            )?;
        }
    }
    Ok(())
}

fn lay_solutions_over(dir: &Path) -> anyhow::Result<()> {
    for chapter in 1..=CHAPTERS {
        for number in 1..=EXERCISES {
            let file = format!("{}/{number:02}_part/src/lib.rs", chapter_name(chapter));
            fs::copy(
                dir.join("solutions").join(&file),
                dir.join("exercises").join(&file),
            )?;
        }
    }
    Ok(())
}

fn chapter_name(chapter: u32) -> String {
    format!("{chapter:02}_chapter")
}

fn put(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, text)?;
    Ok(())
}

fn cargo_toml(name: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [lib]\ncrate-type = [\"cdylib\"]\n\n[dependencies]\npyo3 = \"0.30.1\"\n"
    )
}

fn pyproject(name: &str) -> String {
    format!(
        "[build-system]\nrequires = [\"maturin>=1.9.4,<2\"]\nbuild-backend = \"maturin\"\n\n\
         [project]\nname = \"{name}\"\nversion = \"0.1.0\"\nrequires-python = \">=3.11\"\n\n\
         [dependency-groups]\ntest = [\"pytest>=8.4,<10\"]\n"
    )
}

fn library(name: &str, body: &str) -> String {
    format!(
        "//! What a price is reduced by.\n\nuse pyo3::prelude::*;\n\n#[pymodule]\nmod {name} {{\n    use super::*;\n\n    \
         #[pyfunction]\n    fn rebate(price: i64) -> i64 {{\n        let _ = price;\n        {body}\n    }}\n}}\n"
    )
}

fn tests(name: &str, number: u32) -> String {
    format!(
        "import {name}\n\n\ndef test_a_rebate():\n    assert {name}.rebate(1000) == {}\n\n\n\
         def test_nothing_is_taken_from_nothing():\n    assert {name}.rebate(0) == 0\n",
        number * 10
    )
}
