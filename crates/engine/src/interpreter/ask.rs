//! Runs a script in an interpreter about which nothing is known yet.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use crate::process::{Ended, Output, run};
use crate::system::{Cancel, Command, Exit, System};

/// No healthy interpreter takes longer than this to start.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The reason given for a program whose output isn't what the script prints.
pub(super) const NOT_PYTHON: &str = "it didn't respond like Python 3";

/// How much of a line is quoted, in characters.
const LONGEST_LINE: usize = 160;

/// A script to run in interpreters.
pub(super) struct Question<'q> {
    pub(super) script: &'q str,
    pub(super) env: &'q BTreeMap<OsString, OsString>,
    /// How long it may take.
    pub(super) limit: Duration,
    pub(super) cancel: &'q Cancel,
}

impl Question<'_> {
    /// What `program` prints, or why it prints nothing, in words. It runs in isolation: without the variables that affect Python,
    /// and without any installed packages.
    pub(super) fn ask(&self, system: &dyn System, program: &Path) -> Result<String, String> {
        let cwd = program.parent().unwrap_or(Path::new("/"));
        let command =
            Command::new(program, cwd)
                .envs(self.env)
                .args(["-I", "-S", "-c", self.script]);
        let output =
            run(system, &command, self.limit, self.cancel).map_err(|error| error.to_string())?;
        match output.ended {
            Ended::Exited(exit) if exit.success() => Ok(output.stdout.text()),
            Ended::Exited(exit) => Err(self.refusal(exit, &output.stderr)),
            Ended::TimedOut => Err(format!(
                "it didn't respond within {} s",
                self.limit.as_secs()
            )),
            Ended::Cancelled => Err("it was interrupted".to_owned()),
        }
    }

    /// How a failed program exited, and the useful part of what it printed.
    fn refusal(&self, exit: Exit, stderr: &Output) -> String {
        let ending = match exit {
            Exit::Code(status) => format!("it exited with status {status}"),
            Exit::Signal(number) => format!("it was killed by signal {number}"),
        };
        match self.cause_line(stderr) {
            Some(line) => format!("{ending} and printed: {line}"),
            None => ending,
        }
    }

    /// The line that names the cause: Python's error message, otherwise the first line.
    fn cause_line(&self, stderr: &Output) -> Option<String> {
        let lines = || {
            stderr
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
        };
        let is_cause = |line: &&str| {
            let kind = line.split(':').next().unwrap_or_default();
            line.starts_with("Fatal Python error")
                || (kind.ends_with("Error") && !kind.contains(' '))
        };
        let line = lines().rfind(is_cause).or_else(|| lines().next())?;
        // A program that isn't Python may take the script for a file name, and then prints all of it.
        let script = self.script.lines().next().unwrap_or_default();
        if line.contains(script) {
            return None;
        }
        Some(match line.char_indices().nth(LONGEST_LINE) {
            Some((end, _)) => format!("{}…", line.get(..end).unwrap_or(line)),
            None => line.to_owned(),
        })
    }
}
