//! The Python interpreter that `wr` would use.

use crate::doctor::{Check, CheckOutcome, Machine};
use crate::platform::Package;
use crate::rules;

pub(super) const CHECK: Check = Check::new("python", "Python", look);

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    vec![match machine.interpreter() {
        Ok(found) => {
            let kind = if found.free_threaded {
                ", free-threaded"
            } else {
                ""
            };
            CheckOutcome::fine(format!(
                "{} {}{kind} at {}; its C headers aren't needed",
                found.implementation,
                found.version_text(),
                found.executable.display()
            ))
        }
        Err(missed) => {
            let finding = if missed.unfit.is_empty() {
                rules::no_interpreter::finding(missed)
            } else {
                rules::interpreter_too_old::finding(&missed.unfit, None)
            };
            let check_outcome = CheckOutcome::found(finding);
            if machine.find("uv").is_some() {
                check_outcome.command("uv python install")
            } else if let Some(command) = machine.platform.install(Package::Python) {
                check_outcome.command(command)
            } else {
                check_outcome
            }
        }
    }]
}
