//! Asks an interpreter what it is.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use super::Interpreter;
use super::ask::{PATIENCE, Question, STRANGE};
use crate::system::{Cancel, System};

/// Prints one line of JSON. Written for every Python 3, so that one too old can still say what it is.
pub(super) const SCRIPT: &str = include_str!("probe.py");

/// The interpreter behind `program`, or in words why it is none.
pub(crate) fn probe(
    system: &dyn System,
    env: &BTreeMap<OsString, OsString>,
    program: &Path,
    cancel: &Cancel,
) -> Result<Interpreter, String> {
    probe_within(system, env, program, PATIENCE, cancel)
}

/// The same, for whoever does not want to wait that long.
pub(crate) fn probe_within(
    system: &dyn System,
    env: &BTreeMap<OsString, OsString>,
    program: &Path,
    limit: Duration,
    cancel: &Cancel,
) -> Result<Interpreter, String> {
    let question = Question {
        script: SCRIPT,
        env,
        limit,
        cancel,
    };
    let text = question.ask(system, program)?;
    serde_json::from_str(text.lines().last().unwrap_or_default()).map_err(|_| STRANGE.to_owned())
}
