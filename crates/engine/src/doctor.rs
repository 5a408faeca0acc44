//! Looks at the machine before the learner meets the wall.
//!
//! A [`Check`] is data: a name, what it is about, and a function from the [`Machine`] to what it [`CheckOutcome`]ed. Checks run side by
//! side and each program that one starts has a time limit, so that a hanging interpreter costs seconds and not the answer.

mod check_outcome;
mod checks;
mod machine;
mod platform;
mod rebuild;
mod repair;
mod tool_output;

use serde::Serialize;

pub use check_outcome::{CheckOutcome, Health};
pub use checks::CHECKS;
pub use machine::{Machine, Site, SiteKind};
pub use platform::{Package, Platform};
pub use rebuild::{SeenBuild, TargetDirOwner, TargetReport, why_rebuild};
pub use repair::{Repair, RepairOutcome, repair};

/// One thing that is looked at.
#[derive(Debug)]
pub struct Check {
    /// Its name in JSON, in kebab case.
    pub name: &'static str,
    /// What it looks at, in a word or two.
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

    /// Looks; what does not concern a place shows nothing there.
    pub fn examine(&'static self, machine: &Machine<'_>) -> Examined {
        Examined {
            check: self.name,
            title: self.title,
            sights: (self.look)(machine),
        }
    }
}

/// What a check saw.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Examined {
    /// The check's name.
    pub check: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// What it saw.
    pub sights: Vec<CheckOutcome>,
}

/// Makes all checks side by side, in the order of [`CHECKS`].
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
        .filter(|one| !one.sights.is_empty())
        .collect()
}
