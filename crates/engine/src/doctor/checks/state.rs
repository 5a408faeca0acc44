//! The directory for `wr`'s own files.

use std::path::Path;

use crate::doctor::{Check, CheckOutcome, Machine, Repair};
use crate::memory::is_unreadable;
use crate::rules;
use crate::system::FileKind;

pub(super) const CHECK: Check = Check::new("state", "wr's own files", look);

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    let Some(site) = &machine.site else {
        return Vec::new();
    };
    let dir = match &site.state_dir {
        Ok(dir) => dir,
        Err(reason) => {
            return vec![CheckOutcome::found(rules::state_unwritable::from_message(
                reason,
            ))];
        }
    };
    let mut outcomes = vec![CheckOutcome::fine(format!("{} is writable", dir.display()))];
    for file in unreadable(machine, dir) {
        outcomes.push(
            CheckOutcome::advice(
                format!("{} can't be read", file.display()),
                "`wr` works without it and replaces it; `wr doctor --fix` removes it now",
            )
            .repair(Repair::Remove { path: file }),
        );
    }
    outcomes
}

/// Records of verdicts and builds that are corrupt because the machine went down while they were being written.
fn unreadable(machine: &Machine<'_>, dir: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let mut ahead = vec![(dir.join("run"), 0)];
    while let Some((dir, depth)) = ahead.pop() {
        for entry in machine.system.list(&dir).unwrap_or_default() {
            match entry.kind {
                // A subject's name is up to three levels deep; files below that aren't records.
                FileKind::Directory if depth < 3 => ahead.push((entry.path, depth + 1)),
                FileKind::File if is_unreadable(machine.system, &entry.path) => {
                    found.push(entry.path);
                }
                _ => {}
            }
        }
    }
    found.sort();
    found
}
