//! Runs programs with a time limit, in an environment independent of the caller's.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};

/// How often to check whether a program has ended.
const PAUSE: Duration = Duration::from_millis(20);

/// The result of a program.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) status: ExitStatus,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

impl Ended {
    /// Its last lines, for a message.
    pub(super) fn tail(&self) -> String {
        let all = format!("{}\n{}", self.stdout, self.stderr);
        let lines: Vec<&str> = all.lines().filter(|line| !line.trim().is_empty()).collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }
}

/// A command without influences from the caller's environment.
pub(super) fn command(program: impl AsRef<OsStr>, dir: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(dir).stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        let Some(text) = name.to_str() else { continue };
        let is_ours = ["WR_", "PYTEST_", "PYO3_", "MATURIN_", "UV_PROJECT"]
            .iter()
            .any(|prefix| text.starts_with(prefix));
        let is_cargos = text.starts_with("CARGO") && text != "CARGO_HOME";
        let is_pythons = text.starts_with("PYTHON");
        let others = [
            "VIRTUAL_ENV",
            "CONDA_PREFIX",
            "RUSTFLAGS",
            "RUST_BACKTRACE",
            "RUSTUP_TOOLCHAIN",
        ];
        if is_ours || is_cargos || is_pythons || others.contains(&text) {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs a command to completion; exceeding the limit kills it and is an error.
///
/// Its output goes to files in a directory, so that a leftover child process can't keep a pipe open.
pub(super) fn run(command: &mut Command, limit: Duration, logs: &Path) -> anyhow::Result<Ended> {
    let shown = command.get_program().display().to_string();
    fs::create_dir_all(logs)?;
    let (stdout, stderr) = (logs.join("stdout"), logs.join("stderr"));
    let mut child = command
        .stdout(File::create(&stdout)?)
        .stderr(File::create(&stderr)?)
        .spawn()
        .with_context(|| format!("cannot start {shown}"))?;
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if started.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            bail!(
                "{shown} was still running after {} s; what it printed is in {}",
                limit.as_secs(),
                logs.display()
            );
        }
        std::thread::sleep(PAUSE);
    };
    // Tests may print bytes that aren't valid UTF-8.
    let read = |path: &Path| anyhow::Ok(String::from_utf8_lossy(&fs::read(path)?).into_owned());
    Ok(Ended {
        status,
        stdout: read(&stdout)?,
        stderr: read(&stderr)?,
    })
}

/// Runs a command that has to succeed.
pub(super) fn must(command: &mut Command, limit: Duration, logs: &Path) -> anyhow::Result<Ended> {
    let ended = run(command, limit, logs)?;
    ensure!(
        ended.status.success(),
        "{command:?} failed ({}):\n{}",
        ended.status,
        ended.tail()
    );
    Ok(ended)
}
