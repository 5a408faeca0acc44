//! The Python interpreter that would be taken.

use crate::doctor::{Check, Machine, Package, Sight};
use crate::rules;

pub(super) const CHECK: Check = Check::new("python", "Python", look);

fn look(machine: &Machine<'_>) -> Vec<Sight> {
    vec![match machine.interpreter() {
        Ok(found) => {
            let kind = if found.free_threaded {
                ", free-threaded"
            } else {
                ""
            };
            Sight::fine(format!(
                "{} {}{kind} at {}; its C headers are not needed",
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
            let sight = Sight::found(finding);
            if machine.find("uv").is_some() {
                sight.command("uv python install")
            } else if let Some(command) = machine.platform.install(Package::Python) {
                sight.command(command)
            } else {
                sight
            }
        }
    }]
}
