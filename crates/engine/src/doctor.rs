//! Checks the machine before anyone runs into a problem.
//!
//! A [`Check`] is data: a name, a title, and a function from the [`Machine`] to [`CheckOutcome`]s. Checks run in
//! parallel, and each program that one starts has a time limit, so a hanging interpreter costs seconds instead of
//! the whole answer.

mod check_outcome;
mod checks;
mod machine;
mod rebuild;
mod repair;
mod tool_output;

use serde::Serialize;

pub use check_outcome::{CheckOutcome, Health};
pub use checks::CHECKS;
pub use machine::{Machine, Site, SiteKind};
pub use rebuild::{SeenBuild, TargetDirOwner, TargetReport, why_rebuild};
pub use repair::{Repair, RepairOutcome, repair};

/// One check of the machine.
#[derive(Debug)]
pub struct Check {
    /// Its name in JSON, in kebab case.
    pub name: &'static str,
    /// What it checks, in a word or two.
    pub title: &'static str,
    look: fn(&Machine<'_>) -> Vec<CheckOutcome>,
}

impl Check {
    const fn new(
        name: &'static str,
        title: &'static str,
        look: fn(&Machine<'_>) -> Vec<CheckOutcome>,
    ) -> Self {
        Self { name, title, look }
    }

    /// Runs the check. A check that doesn't apply here returns no outcomes.
    pub fn examine(&'static self, machine: &Machine<'_>) -> Examined {
        Examined {
            check: self.name,
            title: self.title,
            outcomes: (self.look)(machine),
        }
    }
}

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Examined {
    /// The check's name.
    pub check: &'static str,
    /// What it checks.
    pub title: &'static str,
    /// Its outcomes.
    pub outcomes: Vec<CheckOutcome>,
}

/// Runs all checks in parallel, and returns their results in the order of [`CHECKS`].
pub fn examine(machine: &Machine<'_>) -> Vec<Examined> {
    let examined = std::thread::scope(|scope| {
        let running: Vec<_> = CHECKS
            .iter()
            .map(|check| scope.spawn(move || check.examine(machine)))
            .collect();
        running
            .into_iter()
            .map(|one| {
                one.join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect::<Vec<_>>()
    });
    examined
        .into_iter()
        .filter(|one| !one.outcomes.is_empty())
        .collect()
}
