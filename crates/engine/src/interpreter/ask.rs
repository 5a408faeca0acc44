//! Runs a script in an interpreter that nothing is known of yet.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use crate::process::{Ended, run};
use crate::system::{Cancel, Command, System};

/// No healthy interpreter takes longer than this to start.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Said of a program that answers something else than what it was asked for.
pub(super) const STRANGE: &str = "it did not answer as Python 3 does";

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
        if matches!(output.ended, Ended::Exited(exit) if exit.success()) {
            return Ok(output.stdout.text());
        }
        let said = output.stderr.last_line();
        Err(if said.is_empty() {
            "it did not answer".to_owned()
        } else {
            said
        })
    }
}
