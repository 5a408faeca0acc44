//! `cargo xtask stress`: kills, pairs and load. Whatever happens to `wr`, and whenever, the next verdict must be right
//! and no process may be left.
//!
//! A small course in `target/stress` has one Python exercise, one Rust exercise and an extension. Each has a right and
//! a wrong answer. The answers are swapped with their old time stamps, so that a verdict on an outdated state shows up.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, bail, ensure};
use clap::Args;

use crate::tidy;

/// The variable that marks processes started by `wr`.
const MARK: &str = "WR_STRESS_MARK";

/// How long a killed process may take to disappear.
const PATIENCE: Duration = Duration::from_secs(15);

/// How often to do what.
#[derive(Debug, Args)]
pub(crate) struct Stress {
    /// How many times to kill `wr check` at a random moment
    #[arg(long, value_name = "N", default_value_t = 200)]
    kills: u32,
    /// How many pairs of checks to run on one exercise at once
    #[arg(long, value_name = "N", default_value_t = 100)]
    pairs: u32,
    /// How many verdicts to ask for while all processors are busy
    #[arg(long, value_name = "N", default_value_t = 500)]
    verdicts: u32,
    /// A second Python; every other pair then uses both
    #[arg(long, value_name = "PYTHON")]
    other_python: Option<String>,
    /// The seed for the random moments; the same number gives the same moments
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

/// Runs it; `false` if a verdict was wrong or a process was left.
pub(crate) fn run(stress: &Stress) -> anyhow::Result<bool> {
    let mut bed = StressCourse::set_up(stress.seed)?;
    bed.phase("kills", stress.kills, StressCourse::kill)?;
    let other = stress.other_python.clone();
    let mut number = 0;
    bed.phase("pairs", stress.pairs, |bed| {
        number += 1;
        bed.pair(other.as_deref().filter(|_| number % 2 == 0))
    })?;
    let busy = Busy::start()?;
    let done = bed.phase(
        "verdicts under load",
        stress.verdicts,
        StressCourse::verdict,
    );
    drop(busy);
    done?;
    println!(
        "{} verdicts, {} of them wrong; {} processes left",
        bed.verdicts, bed.wrong, bed.left
    );
    Ok(bed.wrong == 0 && bed.left == 0)
}

/// An exercise with two states of one of its files.
struct Exercise {
    id: &'static str,
    file: PathBuf,
    right: PathBuf,
    wrong: PathBuf,
}

/// The course, and the results so far.
struct StressCourse {
    root: PathBuf,
    wr: PathBuf,
    exercises: Vec<Exercise>,
    random: u64,
    verdicts: u32,
    wrong: u32,
    left: usize,
}

impl StressCourse {
    fn set_up(seed: u64) -> anyhow::Result<Self> {
        let workspace = tidy::workspace_root()?;
        let status = Command::new(tidy::cargo())
            .args(["build", "--quiet", "--package", "wr"])
            .current_dir(&workspace)
            .status()
            .context("cannot start cargo")?;
        ensure!(status.success(), "cannot build `wr`");
        let root = workspace.join("target/stress");
        let _ = fs::remove_dir_all(root.join("exercises"));
        fs::create_dir_all(root.join(".git"))?;
        fs::write(root.join(".git/HEAD"), "ref: refs/heads/main\n")?;
        fs::write(root.join(".wr.toml"), "")?;
        let mut bed = Self {
            wr: workspace.join("target/debug/wr"),
            exercises: Vec::new(),
            root,
            random: seed.max(1),
            verdicts: 0,
            wrong: 0,
            left: 0,
        };
        bed.add(
            "01_stress/01_python",
            "test_it.py",
            PYTHON,
            ("1 + 1", "1 + 2"),
            &[],
        )?;
        bed.add(
            "01_stress/02_rust",
            "src/lib.rs",
            RUST,
            ("1 + 1", "1 + 2"),
            &[("Cargo.toml", RUST_MANIFEST)],
        )?;
        bed.add(
            "01_stress/03_extension",
            "src/lib.rs",
            EXTENSION,
            ("1 + 1", "1 + 2"),
            &[
                ("Cargo.toml", EXTENSION_MANIFEST),
                ("pyproject.toml", PYPROJECT),
                ("tests/test_it.py", EXTENSION_TEST),
            ],
        )?;
        // Create the environment and build PyO3 once, before anything is killed.
        for exercise in 0..bed.exercises.len() {
            bed.put(exercise, true)?;
            bed.judge(exercise, true)?;
        }
        Ok(bed)
    }

    fn add(
        &mut self,
        id: &'static str,
        file: &str,
        text: &str,
        (right, wrong): (&str, &str),
        others: &[(&str, &str)],
    ) -> anyhow::Result<()> {
        let dir = self.root.join("exercises").join(id);
        for (name, text) in others {
            write(&dir.join(name), text)?;
        }
        let aside = self.root.join("answers").join(id);
        let exercise = Exercise {
            id,
            file: dir.join(file),
            right: aside.join("right"),
            wrong: aside.join("wrong"),
        };
        write(&exercise.right, text)?;
        write(&exercise.wrong, &text.replace(right, wrong))?;
        write(&exercise.file, text)?;
        self.exercises.push(exercise);
        Ok(())
    }

    /// Does something many times, reporting progress.
    fn phase(
        &mut self,
        name: &str,
        times: u32,
        mut act: impl FnMut(&mut Self) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        for number in 1..=times {
            act(self).with_context(|| format!("{name}, number {number}"))?;
            if number % 25 == 0 || number == times {
                eprintln!("{name}: {number} of {times}, {} wrong", self.wrong);
            }
        }
        Ok(())
    }

    /// Starts a check, kills `wr` at some moment, and asks again.
    fn kill(&mut self) -> anyhow::Result<()> {
        let exercise = self.number(self.exercises.len());
        let is_right = self.number(2) == 0;
        self.put(exercise, is_right)?;
        let moment = Duration::from_millis(self.number(700) as u64);
        let mut child = self.start(exercise, None)?;
        std::thread::sleep(moment);
        child.kill().context("cannot kill wr")?;
        child.wait()?;
        self.require_none_left();
        // Every other time, something changes in between.
        let is_right = if self.number(2) == 0 {
            is_right
        } else {
            !is_right
        };
        self.put(exercise, is_right)?;
        self.judge(exercise, is_right)
    }

    /// Two checks of one exercise at once.
    fn pair(&mut self, other_python: Option<&str>) -> anyhow::Result<()> {
        let exercise = self.number(self.exercises.len());
        let is_right = self.number(2) == 0;
        self.put(exercise, is_right)?;
        let one = self.start(exercise, None)?;
        let two = self.start(exercise, other_python)?;
        for child in [one, two] {
            self.take(child, exercise, is_right)?;
        }
        Ok(())
    }

    fn verdict(&mut self) -> anyhow::Result<()> {
        let exercise = self.number(self.exercises.len());
        let is_right = self.number(2) == 0;
        self.put(exercise, is_right)?;
        self.judge(exercise, is_right)
    }

    fn judge(&mut self, exercise: usize, is_right: bool) -> anyhow::Result<()> {
        let child = self.start(exercise, None)?;
        self.take(child, exercise, is_right)
    }

    fn start(&self, exercise: usize, python: Option<&str>) -> anyhow::Result<Child> {
        let mut command = Command::new(&self.wr);
        command.args(["check", self.exercises[exercise].id, "--format", "json"]);
        command.args(python.map(|python| format!("--python={python}")));
        command
            .current_dir(&self.root)
            .env(MARK, "1")
            .env_remove("WR_STATE_DIR")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("cannot start wr")
    }

    fn take(&mut self, child: Child, exercise: usize, is_right: bool) -> anyhow::Result<()> {
        let output = child.wait_with_output()?;
        let printed = String::from_utf8_lossy(&output.stdout);
        let Ok(document) = serde_json::from_str::<serde_json::Value>(&printed) else {
            bail!(
                "no verdict: {printed}\n{}",
                String::from_utf8_lossy(&output.stderr)
            );
        };
        let found = document["verdicts"][0]["status"].as_str();
        let expected = if is_right { "solved" } else { "tests_fail" };
        self.verdicts += 1;
        if found != Some(expected) {
            self.wrong += 1;
            eprintln!(
                "{}: {found:?} where {expected} is right\n{printed}",
                self.exercises[exercise].id
            );
        }
        Ok(())
    }

    /// Copies an answer into place, either like `cp -p`, with its original time, or as a fresh save.
    fn put(&mut self, exercise: usize, is_right: bool) -> anyhow::Result<()> {
        let keeps_time = self.number(2) == 0;
        let Exercise {
            file, right, wrong, ..
        } = &self.exercises[exercise];
        let from = if is_right { right } else { wrong };
        fs::copy(from, file)?;
        let time = if keeps_time {
            fs::metadata(from)?.modified()?
        } else {
            SystemTime::now()
        };
        fs::File::options()
            .write(true)
            .open(file)?
            .set_modified(time)?;
        Ok(())
    }

    fn require_none_left(&mut self) {
        let started = Instant::now();
        loop {
            let left = marked();
            if left.is_empty() {
                return;
            }
            if started.elapsed() > PATIENCE {
                eprintln!("left: {left:#?}");
                self.left += left.len();
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// A number below `below` (xorshift64, after Marsaglia, 2003).
    fn number(&mut self, below: usize) -> usize {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        usize::try_from(self.random % below as u64).unwrap_or_default()
    }
}

/// One busy process per processor.
struct Busy(Vec<Child>);

impl Busy {
    fn start() -> anyhow::Result<Self> {
        let processors = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let one = || {
            Command::new("sh")
                .args(["-c", "while :; do :; done"])
                .spawn()
                .context("cannot start sh")
        };
        (0..processors)
            .map(|_| one())
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        for child in &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(dir) = file.parent() {
        fs::create_dir_all(dir)?;
    }
    fs::write(file, text).with_context(|| file.display().to_string())
}

/// The command lines of processes started by `wr`.
#[cfg(target_os = "linux")]
fn marked() -> Vec<String> {
    let Ok(all) = procfs::process::all_processes() else {
        return Vec::new();
    };
    all.flatten()
        .filter(|one| {
            one.environ()
                .is_ok_and(|env| env.contains_key(std::ffi::OsStr::new(MARK)))
        })
        .map(|one| {
            format!(
                "{}: {}",
                one.pid,
                one.cmdline().unwrap_or_default().join(" ")
            )
        })
        .collect()
}

#[cfg(not(target_os = "linux"))]
fn marked() -> Vec<String> {
    // Without `/proc` there is no way to tell.
    Vec::new()
}

const PYTHON: &str = "def test_sum():\n    assert 1 + 1 == 2\n";

const RUST: &str =
    "pub fn sum() -> u32 {\n    1 + 1\n}\n\n#[test]\nfn adds() {\n    assert_eq!(sum(), 2);\n}\n";

const RUST_MANIFEST: &str =
    "[package]\nname = \"stress_rust\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n";

const EXTENSION: &str = "#[pyo3::pymodule]\nmod stress_extension {\n    use pyo3::prelude::*;\n\n    #[pyfunction]\n    \
                         fn sum() -> u32 {\n        1 + 1\n    }\n}\n";

const EXTENSION_MANIFEST: &str = "[package]\nname = \"stress_extension\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[lib]\n\
                                  crate-type = [\"cdylib\"]\n\n[dependencies]\npyo3 = \"0.30\"\n\n[workspace]\n";

const PYPROJECT: &str = "[build-system]\nrequires = [\"maturin>=1.9,<2\"]\nbuild-backend = \"maturin\"\n\n[project]\n\
                         name = \"stress_extension\"\nversion = \"0.1.0\"\nrequires-python = \">=3.11\"\n";

const EXTENSION_TEST: &str =
    "import stress_extension\n\n\ndef test_sum():\n    assert stress_extension.sum() == 2\n";
