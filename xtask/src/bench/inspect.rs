//! How fast the inspector is: compared with `abi3audit` on wheels, with inflating the necessary data, and with
//! `readelf` on one file. Everything is measured in one run on one machine, and each figure is a median.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, bail};

use super::targets::Target;
use crate::authorities;

/// The extensions for comparing whole processes, by a part of their wheel's name: a small one in C, one in Rust with
/// its symbols, like one you build yourself, and two stripped ones. `readelf -Ws` has next to nothing to do on those,
/// whatever their size.
const EXTENSIONS: [&str; 4] = [
    "markupsafe-3.0.4-cp312",
    "bcrypt-5.0.0-cp39-abi3-manylinux",
    "pydantic_core-2.50.5-cp312-cp312-manylinux2014_x86_64",
    "polars-0.16.1",
];

/// How often to start a process that takes a millisecond, per round.
const RUNS: u32 = 50;

/// The goal: how many times faster than `abi3audit` an inspection should be, per wheel.
const TIMES_FASTER: f64 = 50.0;

/// The goal: how many times longer than just inflating an inspection may take.
const TIMES_LONGER: f64 = 2.0;

/// The measurements and the goals.
pub(super) struct Table {
    /// As Markdown.
    pub(super) text: String,
    pub(super) targets: Vec<Target>,
}

/// Measures. `wr` is the program that the other parts measure; this part builds the released one.
pub(super) fn table(wr: &Path, rounds: u32) -> anyhow::Result<Table> {
    eprintln!("building wr as it is released");
    let handed_out = crate::dist::build(&crate::tidy::workspace_root()?)?;
    let mut table = Table {
        text: String::from("| what | median | |\n|---|---:|---|\n"),
        targets: Vec::new(),
    };
    let wheels = authorities::fetch()?;
    wheels_against_others(&wheels, rounds, &mut table)?;
    one_file(&handed_out, wr, &wheels, rounds, &mut table)?;
    Ok(table)
}

fn wheels_against_others(wheels: &[PathBuf], rounds: u32, table: &mut Table) -> anyhow::Result<()> {
    let directory = wheels
        .first()
        .and_then(|path| path.parent())
        .context("there are no wheels")?;
    let example = example()?;
    let (mut inspecting, mut inflating) = (Vec::new(), Vec::new());
    let (mut same, mut auditing, mut hashing) = (Vec::new(), Vec::new(), Vec::new());
    let abi3: Vec<&PathBuf> = wheels
        .iter()
        .filter(|path| path.to_string_lossy().contains("-abi3-"))
        .collect();
    let python = authorities::python()?;
    let report = authorities::place()?.join("bench.json");
    for _ in 0..rounds {
        // Taking turns in each round, so that anything else the machine does slows them all down equally.
        inflating.push(told(&example, "inflate", [directory])?);
        inspecting.push(told(&example, "inspect", [directory])?);
        hashing.push(told(&example, "hash", [directory])?);
        same.push(told(&example, "inspect", &abi3)?);
        // It processes wheels one by one, and a single call means that Python starts only once.
        auditing.push(milliseconds(
            Command::new(&python)
                .args(["-m", "abi3audit", "--report", "--output"])
                .arg(&report)
                .args(&abi3),
        )?);
    }
    let (inflating, inspecting) = (median(inflating), median(inspecting));
    let (same, auditing, hashing) = (median(same), median(auditing), median(hashing));
    let (count, audited) = (f64_of(wheels.len()), f64_of(abi3.len()));
    let faster = auditing / same;
    let longer = inspecting / inflating;
    table.row(
        &format!("inflating the necessary data of {} wheels", wheels.len()),
        inflating,
        "by the `zip` crate",
    );
    table.row(
        &format!("inspecting {} wheels", wheels.len()),
        inspecting,
        &format!(
            "{longer:.2} times that; {:.2} ms a wheel",
            inspecting / count
        ),
    );
    table.row(
        "the same with the hashes of binaries, as with `--check`",
        hashing,
        &format!("{:.2} times that", hashing / inflating),
    );
    table.row(
        &format!("inspecting the {} abi3 wheels among them", abi3.len()),
        same,
        &format!("{:.2} ms a wheel", same / audited),
    );
    table.row(
        "`abi3audit` on the same",
        auditing,
        &format!(
            "{:.0} ms a wheel: an inspection is {faster:.0} times as fast",
            auditing / audited
        ),
    );
    table.targets.push(Target {
        what: "inspecting wheels, all cores, per wheel".to_owned(),
        measured: format!("{faster:.0} times as fast as `abi3audit`"),
        wanted: format!("at least {TIMES_FASTER:.0} times"),
        is_reached: faster >= TIMES_FASTER,
    });
    table.targets.push(Target {
        what: "inspecting wheels, all cores".to_owned(),
        measured: format!("{longer:.2} times the time to inflate"),
        wanted: format!("at most {TIMES_LONGER} times"),
        is_reached: longer <= TIMES_LONGER,
    });
    Ok(())
}

/// Builds the program that reads a directory, in release mode.
fn example() -> anyhow::Result<PathBuf> {
    const NAME: &str = "directory_of_wheels";
    let status = Command::new(crate::tidy::cargo())
        .args([
            "build",
            "--quiet",
            "--release",
            "--package",
            "wr-anatomy",
            "--example",
            NAME,
        ])
        .status()
        .context("cannot start cargo")?;
    if !status.success() {
        bail!("the example {NAME} of wr-anatomy does not compile");
    }
    let target = crate::tidy::workspace_root()?.join("target/release/examples");
    Ok(target
        .join(NAME)
        .with_extension(std::env::consts::EXE_EXTENSION))
}

/// The time that the example measured itself: only reading, without process startup.
fn told(
    example: &Path,
    mode: &str,
    paths: impl IntoIterator<Item = impl AsRef<std::ffi::OsStr>>,
) -> anyhow::Result<f64> {
    let output = Command::new(example).arg(mode).args(paths).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim()
        .strip_suffix(" ms")
        .and_then(|rest| rest.rsplit(' ').next()?.parse().ok())
        .with_context(|| {
            format!(
                "`{mode}` failed: {}",
                String::from_utf8_lossy(&output.stderr)
            )
        })
}

/// `wr inspect` compared with `readelf -Ws`, as whole processes whose output goes to a file that nobody reads: with the
/// released program, and with the one that cargo builds, whose C library the loader has to load and bind at every
/// start.
fn one_file(
    handed_out: &Path,
    wr: &Path,
    wheels: &[PathBuf],
    rounds: u32,
    table: &mut Table,
) -> anyhow::Result<()> {
    for part in EXTENSIONS {
        let wheel = wheels
            .iter()
            .find(|path| path.to_string_lossy().contains(part))
            .with_context(|| format!("no wheel of the list is called {part}"))?;
        let file = authorities::first_extension(wheel)?;
        let size = file.metadata()?.len() >> 10;
        let (mut ours, mut theirs, mut shared) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..rounds * RUNS {
            theirs.push(milliseconds(Command::new("readelf").arg("-Ws").arg(&file))?);
            ours.push(milliseconds(
                Command::new(handed_out).arg("inspect").arg(&file),
            )?);
            shared.push(milliseconds(Command::new(wr).arg("inspect").arg(&file))?);
        }
        let (ours, theirs, shared) = (median(ours), median(theirs), median(shared));
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        table.row(
            &format!("`readelf -Ws` on `{name}` ({size} KiB)"),
            theirs,
            "",
        );
        table.row(
            &format!("`wr inspect` on `{name}`, the distributed program"),
            ours,
            &format!("{:.2} times `readelf`", ours / theirs),
        );
        table.row(
            "the same, dynamically linked",
            shared,
            &format!("{:.2} times `readelf`", shared / theirs),
        );
        table.targets.push(Target {
            what: format!("`wr inspect {name}`"),
            measured: format!("{ours:.2} ms"),
            wanted: format!("at most {theirs:.2} ms (`readelf -Ws`)"),
            is_reached: ours <= theirs,
        });
    }
    Ok(())
}

/// How long a command takes. Exiting because of findings isn't a failure; being unable to work is.
fn milliseconds(command: &mut Command) -> anyhow::Result<f64> {
    let started = Instant::now();
    let status = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    let took = started.elapsed().as_secs_f64() * 1000.0;
    if !matches!(status.code(), Some(0 | 1)) {
        bail!("{command:?} failed: {status}");
    }
    Ok(took)
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied().unwrap_or(f64::NAN)
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a list has fewer wheels than a float has exact numbers"
)]
fn f64_of(count: usize) -> f64 {
    count as f64
}

impl Table {
    fn row(&mut self, what: &str, median: f64, remark: &str) {
        self.text += &format!("| {what} | {median:.2} ms | {remark} |\n");
    }
}
