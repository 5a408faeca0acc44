//! uv, which is faster if it's installed.

use crate::doctor::tool_output::PATIENCE;
use crate::doctor::{Check, CheckOutcome, Machine};
use crate::rules;

pub(super) const CHECK: Check = Check::new("uv", "uv", look);

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    let Some(program) = machine.find("uv") else {
        return vec![CheckOutcome::fine(
            "not installed, and not needed: `venv` and pip are used instead",
        )];
    };
    let broken = |reason: &str| {
        let finding = rules::program_missing::RULE
            .finding("`uv` is installed but doesn't work")
            .because(diagnostic::Evidence::output("uv", reason))
            .hint("repair it, or remove it from PATH: `venv` and pip are then used instead");
        vec![CheckOutcome::found(finding)]
    };
    match machine.ask(&program, &["--version"], PATIENCE) {
        Ok(ran) if ran.succeeded => vec![CheckOutcome::fine(format!(
            "{} ({})",
            ran.stdout.trim(),
            program.display()
        ))],
        Ok(ran) => broken(&ran.last_line()),
        Err(reason) => broken(&reason),
    }
}
