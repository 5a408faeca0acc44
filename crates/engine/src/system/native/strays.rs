//! Cleans up after a supervisor that was itself killed.
//!
//! A supervisor adopts the orphans of its program. If the supervisor is killed, its program and everything below it
//! are adopted by the next process above that takes orphans (prctl(2), `PR_SET_CHILD_SUBREAPER`). That is `wr`,
//! which kills them.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::system::supervise::end_strays;

/// The running supervisors.
static SUPERVISORS: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

fn supervisors() -> MutexGuard<'static, BTreeSet<u32>> {
    SUPERVISORS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on, this process adopts orphans.
pub(super) fn adopt_orphans() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
}

/// From now on, the next process above adopts them.
pub(super) fn leave_orphans() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_child_subreaper(None);
}

/// Starts a supervisor while holding the lock, so that it can't be mistaken for a stray before it's registered.
pub(super) fn started<T>(start: impl FnOnce() -> std::io::Result<(u32, T)>) -> std::io::Result<T> {
    let mut known = supervisors();
    let (pid, started) = start()?;
    known.insert(pid);
    Ok(started)
}

/// Starts a program that isn't part of any run, such as a browser: it's not a stray, and outlives this process.
pub fn start_apart(command: &mut std::process::Command) -> std::io::Result<std::process::Child> {
    started(|| {
        let child = command.spawn()?;
        Ok((child.id(), child))
    })
}

/// A supervisor has exited; `was_killed` says whether it may have left something behind.
pub(super) fn ended(pid: u32, was_killed: bool) {
    let mut known = supervisors();
    known.remove(&pid);
    if was_killed {
        end_strays(&known);
    }
}
