//! The progress database, which is examined but never changed.

use crate::doctor::{Check, CheckOutcome, Machine, SiteKind};
use crate::rules;

pub(super) const CHECK: Check = Check::new("progress", "progress", look);

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    let Some(SiteKind::Course {
        progress: (file, problem),
        ..
    }) = machine.site.as_ref().map(|site| &site.kind)
    else {
        return Vec::new();
    };
    vec![match problem {
        None if machine.system.kind(file).is_none() => {
            CheckOutcome::fine("none yet; it starts when you open the first exercise")
        }
        None => CheckOutcome::fine(format!("{} is fine", file.display())),
        Some(reason) => CheckOutcome::found(rules::progress_unusable::finding(file, reason)),
    }]
}
