//! What is left when a supervisor was killed itself.
//!
//! A supervisor takes in what its program loses. Where it is killed, its program and everything below falls to the next process
//! above that takes in orphans (prctl(2), `PR_SET_CHILD_SUBREAPER`), which is `wr`; and `wr` ends it.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::system::supervise::end_strays;

/// The supervisors that run.
static SUPERVISORS: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

fn supervisors() -> MutexGuard<'static, BTreeSet<u32>> {
    SUPERVISORS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on, orphans fall to this process.
pub(super) fn take_in() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
}

/// Starts a supervisor, so that nobody takes it for a stray before it is known.
pub(super) fn started<T>(start: impl FnOnce() -> std::io::Result<(u32, T)>) -> std::io::Result<T> {
    let mut known = supervisors();
    let (pid, started) = start()?;
    known.insert(pid);
    Ok(started)
}

/// A supervisor has ended; `was_killed` says whether it may have left something.
pub(super) fn ended(pid: u32, was_killed: bool) {
    let mut known = supervisors();
    known.remove(&pid);
    if was_killed {
        end_strays(&known);
    }
}
