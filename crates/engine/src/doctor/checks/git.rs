//! Git, which delivers a course and its updates.

use diagnostic::Severity;

use crate::doctor::tool_output::PATIENCE;
use crate::doctor::{Check, CheckOutcome, Machine};
use crate::platform::Package;
use crate::rules;

pub(super) const CHECK: Check = Check::new("git", "git", look);

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    if let Some(program) = machine.find("git")
        && let Ok(ran) = machine.ask(&program, &["--version"], PATIENCE)
        && ran.succeeded
    {
        return vec![CheckOutcome::fine(ran.stdout.trim().to_owned())];
    }
    // `wr` itself doesn't need it: it recognises a work tree by its files.
    let finding = rules::program_missing::finding("git").severity(Severity::Warning);
    let check_outcome = CheckOutcome::found(finding);
    vec![match machine.platform.install(Package::Git) {
        Some(command) => check_outcome.command(command),
        None => check_outcome,
    }]
}
