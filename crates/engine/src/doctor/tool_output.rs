//! Programs that a check runs for information.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Machine;
use crate::process::{Ended, run};
use crate::system::Command;

/// A program that doesn't print its version within this time, even on a busy machine, counts as hanging.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// The output of a program that ran to its end.
pub(super) struct ToolOutput {
    /// Whether its exit status says that it succeeded.
    pub(super) succeeded: bool,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

impl ToolOutput {
    /// The last line on standard error, otherwise on standard output.
    pub(super) fn last_line(&self) -> String {
        let last = |text: &str| {
            let mut lines = text.lines().rev().map(str::trim);
            lines.find(|line| !line.is_empty()).map(str::to_owned)
        };
        last(&self.stderr)
            .or_else(|| last(&self.stdout))
            .unwrap_or_else(|| "it printed nothing".to_owned())
    }
}

impl Machine<'_> {
    /// Where a program is.
    pub(super) fn find(&self, name: &str) -> Option<PathBuf> {
        let path = self.env.get(OsStr::new("PATH")).map(OsString::as_os_str);
        self.system.find_program(OsStr::new(name), path, &self.here)
    }

    /// Runs a program to its end; otherwise returns why it didn't finish.
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

    /// The same for a prepared command.
    pub(super) fn run(&self, command: &Command, patience: Duration) -> Result<ToolOutput, String> {
        let finished =
            run(self.system, command, patience, self.cancel).map_err(|error| error.to_string())?;
        match finished.ended {
            Ended::Exited(exit) => Ok(ToolOutput {
                succeeded: exit.success(),
                stdout: finished.stdout.text(),
                stderr: finished.stderr.text(),
            }),
            Ended::TimedOut => Err(format!("it didn't respond within {} s", patience.as_secs())),
            Ended::Cancelled => Err("interrupted".to_owned()),
        }
    }

    /// The value of a variable that is set and not empty.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        let value = self.env.get(OsStr::new(name))?;
        (!value.is_empty()).then(|| value.to_string_lossy().into_owned())
    }
}
