//! The course's exercises.

use crate::doctor::{Check, CheckOutcome, Machine, SiteKind};

pub(super) const CHECK: Check = Check::new("exercises", "exercises", look);

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    if let Some((reason, help)) = &machine.trouble {
        return vec![CheckOutcome::wrong(reason.clone(), help.clone())];
    }
    let Some(SiteKind::Course {
        exercises_dir,
        exercises,
        skipped_folders,
        ..
    }) = machine.site.as_ref().map(|site| &site.kind)
    else {
        return Vec::new();
    };
    let seen = format!("{exercises} in {}", exercises_dir.display());
    let first = if *exercises == 0 {
        CheckOutcome::advice(
            seen,
            "exercises are folders such as 01_intro/00_welcome; is the checkout complete?",
        )
        .command("git status")
    } else {
        CheckOutcome::fine(seen)
    };
    let others = skipped_folders
        .iter()
        .map(|skipped| CheckOutcome::advice(skipped.clone(), "it doesn't count as an exercise"));
    std::iter::once(first).chain(others).collect()
}
