//! pip, if it's what installs packages.

use pep440_rs::Version;

use crate::doctor::tool_output::PATIENCE;
use crate::doctor::{Check, CheckOutcome, Machine};
use crate::interpreter::in_environment;
use crate::shell::word;
use crate::system::SystemExt;

pub(super) const CHECK: Check = Check::new("pip", "pip", look);

/// The first pip that installs a project in editable mode through its build backend, maturin (PEP 660).
const OLDEST: [u64; 2] = [21, 3];

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    // Only the user's own environment: `wr`'s gets the interpreter's pip when it's created.
    let Some(active) = machine.variable("VIRTUAL_ENV") else {
        return Vec::new();
    };
    let python = in_environment(active.as_ref());
    if !machine.system.is_file(&python) {
        return Vec::new();
    }
    match machine.ask(&python, &["-I", "-m", "pip", "--version"], PATIENCE) {
        Ok(ran) if ran.succeeded => {
            let version = ran
                .stdout
                .split_ascii_whitespace()
                .nth(1)
                .unwrap_or_default();
            let is_old = version
                .parse::<Version>()
                .is_ok_and(|version| version < Version::new(OLDEST));
            let seen = format!("pip {version} in {active}");
            vec![if is_old {
                CheckOutcome::advice(
                    seen,
                    "it's too old for `pip install -e .` in a project built with maturin",
                )
                .command(format!("{} -m pip install --upgrade pip", word(&python)))
            } else {
                CheckOutcome::fine(seen)
            }]
        }
        // uv creates environments without pip.
        Ok(_) => vec![CheckOutcome::fine(format!(
            "no pip in {active}; uv is used instead"
        ))],
        Err(reason) => vec![CheckOutcome::advice(
            format!("pip in {active} can't be run: {reason}"),
            "recreate the environment",
        )],
    }
}
