//! The course's exercises.

use crate::doctor::{Check, Machine, Sight, SiteKind};

pub(super) const CHECK: Check = Check::new("exercises", "exercises", look);

fn look(machine: &Machine<'_>) -> Vec<Sight> {
    if let Some((reason, help)) = &machine.trouble {
        return vec![Sight::wrong(reason.clone(), help.clone())];
    }
    let Some(SiteKind::Course {
        exercises_dir,
        exercises,
        passed_over,
        ..
    }) = machine.site.as_ref().map(|site| &site.kind)
    else {
        return Vec::new();
    };
    let seen = format!("{exercises} in {}", exercises_dir.display());
    let first = if *exercises == 0 {
        Sight::advice(
            seen,
            "exercises are folders such as 01_intro/00_welcome; is the checkout complete?",
        )
        .command("git status")
    } else {
        Sight::fine(seen)
    };
    let others = passed_over
        .iter()
        .map(|passed| Sight::advice(passed.clone(), "it is not taken for an exercise"));
    std::iter::once(first).chain(others).collect()
}
