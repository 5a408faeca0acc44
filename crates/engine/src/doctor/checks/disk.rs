//! The free disk space.

use diagnostic::Evidence;

use super::target::shown_bytes;
use crate::doctor::{Check, CheckOutcome, Machine};
use crate::rules;

pub(super) const CHECK: Check = Check::new("disk", "disk space", look);

/// A first build of PyO3 plus an environment takes about half of this, in bytes.
const TOO_LITTLE: u64 = 1024 * 1024 * 1024 / 4;

/// With less than this, a few more exercises fill the disk, in bytes.
const SCARCE: u64 = 2 * 1024 * 1024 * 1024;

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    let dir = machine.state_dir().unwrap_or(&machine.here);
    let Ok(volume) = machine.system.volume(dir) else {
        return Vec::new();
    };
    let seen = format!(
        "{} free of {} on the disk of {}",
        shown_bytes(volume.free),
        shown_bytes(volume.size),
        dir.display()
    );
    vec![if volume.free < TOO_LITTLE {
        let finding = rules::no_space::RULE
            .finding(format!("there is little disk space left: {seen}"))
            .because(Evidence::output("statvfs", seen.clone()))
            .hint("free some space, or name a directory on another disk with WR_STATE_DIR");
        CheckOutcome::found(finding)
    } else if volume.free < SCARCE {
        CheckOutcome::advice(seen, "builds need space: free some before it runs out")
    } else {
        CheckOutcome::fine(seen)
    }]
}
