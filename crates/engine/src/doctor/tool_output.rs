//! Programs that a check asks something.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Machine;
use crate::process::{Ended, run};
use crate::system::Command;

/// Whoever does not tell its version within this time, on a busy machine too, hangs as far as a person is concerned.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// A program that was asked and answered.
pub(super) struct ToolOutput {
    /// Whether it said that all went well.
    pub(super) succeeded: bool,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

impl ToolOutput {
    /// The last line of what it complained about, else of what it printed.
    pub(super) fn last_words(&self) -> String {
        let last = |text: &str| {
            let mut lines = text.lines().rev().map(str::trim);
            lines.find(|line| !line.is_empty()).map(str::to_owned)
        };
        last(&self.stderr)
            .or_else(|| last(&self.stdout))
            .unwrap_or_else(|| "it said nothing".to_owned())
    }
}

impl Machine<'_> {
    /// Where a program is.
    pub(super) fn find(&self, name: &str) -> Option<PathBuf> {
        let path = self.env.get(OsStr::new("PATH")).map(OsString::as_os_str);
        self.system.find_program(OsStr::new(name), path, &self.here)
    }

    /// Runs a program to its end; in words why it did not come to one.
    pub(super) fn ask(
        &self,
        program: &Path,
        args: &[&str],
        patience: Duration,
    ) -> Result<ToolOutput, String> {
        let command = Command::new(program, &self.here)
            .args(args.iter().copied())
            .envs(self.env);
        self.run(&command, patience)
    }

    /// The same for a command that was prepared otherwise.
    pub(super) fn run(&self, command: &Command, patience: Duration) -> Result<ToolOutput, String> {
        let finished =
            run(self.system, command, patience, self.cancel).map_err(|error| error.to_string())?;
        match finished.ended {
            Ended::Exited(exit) => Ok(ToolOutput {
                succeeded: exit.success(),
                stdout: finished.stdout.text(),
                stderr: finished.stderr.text(),
            }),
            Ended::TimedOut => Err(format!("it did not answer within {} s", patience.as_secs())),
            Ended::Cancelled => Err("interrupted".to_owned()),
        }
    }

    /// A variable that is set to something.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        let value = self.env.get(OsStr::new(name))?;
        (!value.is_empty()).then(|| value.to_string_lossy().into_owned())
    }
}
