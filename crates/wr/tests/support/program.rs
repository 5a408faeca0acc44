//! Runs programs to completion, in an environment without traces of the cargo that runs the tests.

use std::ffi::OsStr;
use std::fmt;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Variables that point tools to a different interpreter, environment or target directory than the test intends, or
/// that make tools print more than usual: pytest recognises continuous integration by `CI` and `BUILD_NUMBER`, and with
/// `RUSTC_BOOTSTRAP` rustc marks locations the way a nightly does.
const MISLEADING: [&str; 28] = [
    "BUILD_NUMBER",
    "CARGO",
    "CARGO_BUILD_TARGET_DIR",
    "CARGO_CRATE_NAME",
    "CARGO_PRIMARY_PACKAGE",
    "CARGO_TARGET_DIR",
    "CARGO_TARGET_TMPDIR",
    "CI",
    "CONDA_PREFIX",
    "DYLD_FALLBACK_LIBRARY_PATH",
    "LD_LIBRARY_PATH",
    "OUT_DIR",
    "PYO3_CONFIG_FILE",
    "PYO3_PYTHON",
    "PYTEST_ADDOPTS",
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONSAFEPATH",
    "RUSTC_BOOTSTRAP",
    "RUST_BACKTRACE",
    "RUST_LOG",
    "UV_NO_SYNC",
    "UV_PROJECT",
    "UV_PROJECT_ENVIRONMENT",
    "UV_PYTHON",
    "VIRTUAL_ENV",
    "WR_LOG",
    "WR_STATE_DIR",
];

/// A program, as a person would run it in `dir`.
pub fn command(program: impl AsRef<OsStr>, dir: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(dir).stdin(Stdio::null());
    for name in MISLEADING {
        command.env_remove(name);
    }
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"]
            .iter()
            .any(|prefix| text.starts_with(prefix))
        {
            command.env_remove(&name);
        }
    }
    command
}

/// How a program ended, and its output.
#[derive(Debug, Clone)]
pub struct Ended {
    /// The command line, for display.
    pub command: String,
    /// Its status; nothing if it didn't end in time.
    pub status: Option<ExitStatus>,
    pub stdout: String,
    pub stderr: String,
    pub elapsed: Duration,
}

impl Ended {
    pub fn succeeded(&self) -> bool {
        self.status.is_some_and(|status| status.success())
    }

    pub fn code(&self) -> Option<i32> {
        self.status?.code()
    }

    /// All output.
    pub fn said(&self) -> String {
        format!("{}\n{}", self.stdout, self.stderr)
    }

    /// Fails the test unless the program succeeded.
    #[track_caller]
    pub fn or_fail(self, why: &str) -> Self {
        assert!(self.succeeded(), "{why}\n{self}");
        self
    }
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.status {
            Some(status) => writeln!(f, "`{}` ended with {status}", self.command)?,
            None => writeln!(f, "`{}` did not end in {:.0?}", self.command, self.elapsed)?,
        }
        writeln!(f, "{}\n{}", self.stdout.trim_end(), self.stderr.trim_end())
    }
}

/// Runs a program to completion, or until `limit`.
pub fn run(command: &mut Command, limit: Duration) -> Ended {
    let shown = shown(command);
    let started = Instant::now();
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("`{shown}` cannot be started: {error}"));
    let stdout = read(child.stdout.take());
    let stderr = read(child.stderr.take());
    let status = wait(&mut child, started, limit);
    let text = |reader: thread::JoinHandle<String>| {
        reader.join().unwrap_or_else(|_| "(unreadable)".to_owned())
    };
    Ended {
        command: shown,
        status,
        stdout: text(stdout),
        stderr: text(stderr),
        elapsed: started.elapsed(),
    }
}

fn read(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            // Whatever was read before the pipe broke is all there is.
            let _ = pipe.read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn wait(child: &mut Child, started: Instant, limit: Duration) -> Option<ExitStatus> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if started.elapsed() < limit => thread::sleep(Duration::from_millis(5)),
            _ => {
                kill_descendants(child.id());
                let _ = child.kill();
                let _ = child.wait();
                return None;
            }
        }
    }
}

/// Ends whatever a process has started, which would go on without it, and keep its output open.
fn kill_descendants(of: u32) {
    let listed = Command::new("ps").args(["-A", "-o", "pid=,ppid="]).output();
    let listed = listed.map(|ps| String::from_utf8_lossy(&ps.stdout).into_owned());
    let pairs: Vec<(u32, u32)> = listed
        .unwrap_or_default()
        .lines()
        .filter_map(|line| {
            let mut numbers = line.split_whitespace().map(str::parse);
            Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
        })
        .collect();
    let mut found = vec![of];
    let mut at = 0;
    while let Some(parent) = found.get(at).copied() {
        found.extend(
            pairs
                .iter()
                .filter(|(_, above)| *above == parent)
                .map(|(pid, _)| *pid),
        );
        at += 1;
    }
    for pid in found.into_iter().skip(1) {
        // It may have ended by itself.
        let _ = Command::new("kill")
            .args(["-KILL", &pid.to_string()])
            .status();
    }
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(OsStr::to_string_lossy).collect();
    words.join(" ")
}
