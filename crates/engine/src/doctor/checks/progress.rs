//! The learner's progress, which is looked at and never touched.

use crate::doctor::{Check, CheckOutcome, Machine, SiteKind};
use crate::rules;

pub(super) const CHECK: Check = Check::new("progress", "progress", look);

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    let Some(SiteKind::Course {
        progress: (file, matter),
        ..
    }) = machine.site.as_ref().map(|site| &site.kind)
    else {
        return Vec::new();
    };
    vec![match matter {
        None if machine.system.kind(file).is_none() => {
            CheckOutcome::fine("none yet; it begins with the first exercise that is opened")
        }
        None => CheckOutcome::fine(format!("{} is in order", file.display())),
        Some(reason) => CheckOutcome::found(rules::progress_unusable::finding(file, reason)),
    }]
}
