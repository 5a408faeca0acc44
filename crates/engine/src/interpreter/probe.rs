//! Asks an interpreter for its properties.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use super::Interpreter;
use super::ask::{NOT_PYTHON, PATIENCE, Question};
use crate::system::{Cancel, System};

/// A script that prints one line of JSON. It works with every Python 3, so that even one that is too old can describe itself.
pub(super) const SCRIPT: &str = include_str!("probe.py");

/// The interpreter behind `program`, or why it isn't one, in words.
pub(crate) fn probe(
    system: &dyn System,
    env: &BTreeMap<OsString, OsString>,
    program: &Path,
    cancel: &Cancel,
) -> Result<Interpreter, String> {
    probe_within(system, env, program, PATIENCE, cancel)
}

/// The same with a shorter time limit.
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
    serde_json::from_str(text.lines().last().unwrap_or_default()).map_err(|_| NOT_PYTHON.to_owned())
}
