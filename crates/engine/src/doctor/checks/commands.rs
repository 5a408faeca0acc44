//! The programs that the course's own verification starts.

use std::ffi::{OsStr, OsString};

use diagnostic::Evidence;

use crate::doctor::{Check, Machine, Sight, SiteKind};
use crate::rules::program_missing;

pub(super) const CHECK: Check = Check::new("verification", "verification", look);

fn look(machine: &Machine<'_>) -> Vec<Sight> {
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
    let mut sights = Vec::new();
    if !there.is_empty() {
        let names: Vec<_> = there
            .iter()
            .map(|(program, ..)| format!("`{program}`"))
            .collect();
        sights.push(Sight::fine(names.join(", ")));
    }
    sights.extend(missing.into_iter().map(|(program, _, named_by)| {
        let finding = program_missing::finding(program).because(Evidence::output(
            "[[verification]]",
            format!("named by {named_by}"),
        ));
        Sight::found(finding)
    }));
    sights
}
