//! Git, which brings a course and its corrections.

use diagnostic::Severity;

use crate::doctor::ran::PATIENCE;
use crate::doctor::{Check, Machine, Package, Sight};
use crate::rules;

pub(super) const CHECK: Check = Check::new("git", "git", look);

fn look(machine: &Machine<'_>) -> Vec<Sight> {
    if let Some(program) = machine.find("git")
        && let Ok(ran) = machine.ask(&program, &["--version"], PATIENCE)
        && ran.succeeded
    {
        return vec![Sight::fine(ran.stdout.trim().to_owned())];
    }
    // `wr` itself does without: it knows a work tree by its files.
    let finding = rules::program_missing::finding("git").severity(Severity::Warning);
    let sight = Sight::found(finding);
    vec![match machine.platform.install(Package::Git) {
        Some(command) => sight.command(command),
        None => sight,
    }]
}
