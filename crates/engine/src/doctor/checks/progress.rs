//! The learner's progress, which is looked at and never touched.

use crate::doctor::{Check, Machine, Sight, SiteKind};
use crate::rules;

pub(super) const CHECK: Check = Check::new("progress", "progress", look);

fn look(machine: &Machine<'_>) -> Vec<Sight> {
    let Some(SiteKind::Course {
        progress: (file, matter),
        ..
    }) = machine.site.as_ref().map(|site| &site.kind)
    else {
        return Vec::new();
    };
    vec![match matter {
        None if machine.system.kind(file).is_none() => {
            Sight::fine("none yet; it begins with the first exercise that is opened")
        }
        None => Sight::fine(format!("{} is in order", file.display())),
        Some(reason) => Sight::found(rules::progress_unusable::finding(file, reason)),
    }]
}
