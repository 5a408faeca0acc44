//! The programs that the course's own verification runs.

use std::ffi::{OsStr, OsString};

use diagnostic::Evidence;

use crate::doctor::{Check, CheckOutcome, Machine, SiteKind};
use crate::rules::program_missing;

pub(super) const CHECK: Check = Check::new("verification", "verification", look);

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    let Some(SiteKind::Course { programs, .. }) = machine.site.as_ref().map(|site| &site.kind)
    else {
        return Vec::new();
    };
    let path = machine.env.get(OsStr::new("PATH")).map(OsString::as_os_str);
    let is_there = |program: &str, dir: &std::path::Path| {
        machine
            .system
            .find_program(OsStr::new(program), path, dir)
            .is_some()
    };
    let (there, missing): (Vec<_>, Vec<_>) = programs
        .iter()
        .partition(|(program, dir, _)| is_there(program, dir));
    let mut outcomes = Vec::new();
    if !there.is_empty() {
        let names: Vec<_> = there
            .iter()
            .map(|(program, ..)| format!("`{program}`"))
            .collect();
        outcomes.push(CheckOutcome::fine(names.join(", ")));
    }
    outcomes.extend(missing.into_iter().map(|(program, _, named_by)| {
        let finding = program_missing::finding(program).because(Evidence::output(
            "[[verification]]",
            format!("named by {named_by}"),
        ));
        CheckOutcome::found(finding)
    }));
    outcomes
}
