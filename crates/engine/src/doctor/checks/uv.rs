//! uv, which is quicker where it is there.

use crate::doctor::tool_output::PATIENCE;
use crate::doctor::{Check, CheckOutcome, Machine};
use crate::rules;

pub(super) const CHECK: Check = Check::new("uv", "uv", look);

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    let Some(program) = machine.find("uv") else {
        return vec![CheckOutcome::fine(
            "not installed, and not needed: `venv` and pip do its work",
        )];
    };
    let broken = |said: &str| {
        let finding = rules::program_missing::RULE
            .finding("`uv` is there and does not work")
            .because(diagnostic::Evidence::output("uv", said))
            .hint("repair it, or take it off PATH: `venv` and pip then do its work");
        vec![CheckOutcome::found(finding)]
    };
    match machine.ask(&program, &["--version"], PATIENCE) {
        Ok(ran) if ran.succeeded => vec![CheckOutcome::fine(format!(
            "{} ({})",
            ran.stdout.trim(),
            program.display()
        ))],
        Ok(ran) => broken(&ran.last_words()),
        Err(said) => broken(&said),
    }
}
