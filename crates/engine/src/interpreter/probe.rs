//! Asks an interpreter what it is.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use super::Interpreter;
use crate::process::{Ended, run};
use crate::system::{Cancel, Command, System};

/// Prints one line of JSON. Written for every Python 3, so that one too old can still say what it is.
pub(super) const SCRIPT: &str = include_str!("probe.py");

/// No healthy interpreter takes longer than this to start.
pub const LIMIT: Duration = Duration::from_secs(20);

/// The interpreter behind `program`, or in words why it is none.
pub(crate) fn probe(
    system: &dyn System,
    env: &BTreeMap<OsString, OsString>,
    program: &Path,
    cancel: &Cancel,
) -> Result<Interpreter, String> {
    probe_within(system, env, program, LIMIT, cancel)
}

/// The same, for whoever does not want to wait that long.
pub(crate) fn probe_within(
    system: &dyn System,
    env: &BTreeMap<OsString, OsString>,
    program: &Path,
    limit: Duration,
    cancel: &Cancel,
) -> Result<Interpreter, String> {
    let cwd = program.parent().unwrap_or(Path::new("/"));
    let command = Command::new(program, cwd)
        .envs(env)
        .args(["-I", "-S", "-c", SCRIPT]);
    let output = run(system, &command, limit, cancel).map_err(|error| error.to_string())?;
    if !matches!(output.ended, Ended::Exited(exit) if exit.success()) {
        let said = output.stderr.last_line();
        return Err(if said.is_empty() {
            "it did not answer".to_owned()
        } else {
            said
        });
    }
    let text = output.stdout.text();
    serde_json::from_str(text.lines().last().unwrap_or_default())
        .map_err(|_| "it did not answer as Python 3 does".to_owned())
}
