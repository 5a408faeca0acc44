//! pip, where it is what installs packages.

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
    // Only the environment that a person works in: `wr`'s own gets the interpreter's pip when it is made.
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
                    "it is too old for `pip install -e .` of a project that maturin builds",
                )
                .command(format!("{} -m pip install --upgrade pip", word(&python)))
            } else {
                CheckOutcome::fine(seen)
            }]
        }
        // uv makes environments without pip.
        Ok(_) => vec![CheckOutcome::fine(format!(
            "no pip in {active}; uv does its work"
        ))],
        Err(said) => vec![CheckOutcome::advice(
            format!("the Python of {active} was asked for its pip: {said}"),
            "make the environment anew",
        )],
    }
}
