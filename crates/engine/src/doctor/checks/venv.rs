//! Whether virtual environments can be created.

use crate::doctor::{Check, CheckOutcome, Machine};
use crate::platform::Package;
use crate::rules;

pub(super) const CHECK: Check = Check::new("venv", "venv", look);

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    let Ok(python) = machine.interpreter() else {
        return Vec::new();
    };
    let has_uv = machine.find("uv").is_some();
    vec![match (python.has_ensurepip, has_uv) {
        (true, _) => CheckOutcome::fine("the interpreter has `venv` and `ensurepip`"),
        (false, true) => {
            CheckOutcome::fine("the interpreter lacks `ensurepip`, but uv doesn't need it")
        }
        (false, false) => {
            let (major, minor, _) = python.version;
            let package = Package::Venv {
                version: (major, minor),
            };
            let check_outcome =
                CheckOutcome::found(rules::venv_unavailable::without_ensurepip(python));
            match machine.platform.install(package) {
                Some(command) => check_outcome.command(command),
                None => check_outcome,
            }
        }
    }]
}
