//! Runs a script in an interpreter that nothing is known of yet.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use crate::process::{Ended, Output, run};
use crate::system::{Cancel, Command, Exit, System};

/// No healthy interpreter takes longer than this to start.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Said of a program that answers something else than what it was asked for.
pub(super) const STRANGE: &str = "it did not answer as Python 3 does";

/// No more of a line is repeated, in characters.
const LONGEST_LINE: usize = 160;

/// A question to interpreters.
pub(super) struct Question<'q> {
    pub(super) script: &'q str,
    pub(super) env: &'q BTreeMap<OsString, OsString>,
    /// How long an answer may take.
    pub(super) limit: Duration,
    pub(super) cancel: &'q Cancel,
}

impl Question<'_> {
    /// What `program` prints, or in words why it prints nothing. It runs in isolation: without the variables that change
    /// Python, and without anything that is installed.
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
                "it did not answer within {} s",
                self.limit.as_secs()
            )),
            Ended::Cancelled => Err("it was not waited for".to_owned()),
        }
    }

    /// How a program ended that should have answered, and what it said, as far as that says something.
    fn refusal(&self, exit: Exit, said: &Output) -> String {
        let ending = match exit {
            Exit::Code(status) => format!("it ended with status {status}"),
            Exit::Signal(number) => format!("it was ended by signal {number}"),
        };
        match self.telling_line(said) {
            Some(line) => format!("{ending} and said: {line}"),
            None => ending,
        }
    }

    /// The line that names the cause: that of a Python which tells its errors, else the first.
    fn telling_line(&self, said: &Output) -> Option<String> {
        let lines = || said.lines().map(str::trim).filter(|line| !line.is_empty());
        let is_cause = |line: &&str| {
            let kind = line.split(':').next().unwrap_or_default();
            line.starts_with("Fatal Python error")
                || (kind.ends_with("Error") && !kind.contains(' '))
        };
        let line = lines().rfind(is_cause).or_else(|| lines().next())?;
        // What is no Python may take the script for the name of a file, and then prints all of it.
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
