//! A process and everything that descends from it.
#![allow(
    clippy::disallowed_methods,
    reason = "the supervisor is part of the native `System`"
)]

use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitOptions, kill_process, kill_process_group};

use crate::system::Limits;

/// How long to go on looking for what will not die; a process in an uninterruptible wait is the kernel's to end.
const PATIENCE: Duration = Duration::from_secs(10);

/// The tree below one process that leads a process group.
pub(super) struct Tree {
    root: Pid,
}

impl Tree {
    pub(super) fn new(root: Pid) -> Self {
        Self { root }
    }

    /// Ends every process of the tree and waits until they are gone.
    pub(super) fn end(&self) {
        // One signal to the whole group stops even a fork bomb: the kernel lets no member escape by forking.
        let _ = kill_process_group(self.root, Signal::KILL);
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            match rustix::process::wait(WaitOptions::NOHANG) {
                Ok(Some(_)) => {}
                // Children remain: of the group, dying, or escaped to groups of their own.
                Ok(None) => {
                    for pid in descendants(rustix::process::getpid()) {
                        let _ = kill_process_group(pid, Signal::KILL);
                        let _ = kill_process(pid, Signal::KILL);
                    }
                    std::thread::sleep(Duration::from_millis(1));
                }
                Err(_) => return,
            }
        }
    }

    /// Which limit the tree exceeds, in words for a machine.
    pub(super) fn exceeded(limits: &Limits) -> Option<String> {
        // From the supervisor itself, to whom orphans of the tree fall.
        let all = descendants(rustix::process::getpid());
        if let Some(most) = limits.processes
            && all.len() > most as usize
        {
            return Some(format!("processes {} {most}", all.len()));
        }
        if let Some(most) = limits.memory {
            let held: u64 = all.iter().map(|pid| resident_bytes(*pid)).sum();
            if held > most {
                return Some(format!("memory {held} {most}"));
            }
        }
        None
    }
}

/// Every process below `root`, as far as the system tells.
fn descendants(root: Pid) -> Vec<Pid> {
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(pid) = open.pop() {
        for child in children(pid) {
            found.push(child);
            open.push(child);
        }
    }
    found
}

#[cfg(target_os = "linux")]
fn children(pid: Pid) -> Vec<Pid> {
    // Children belong to the thread that started them, hence the walk over the threads (proc(5), `children`).
    let Ok(threads) = std::fs::read_dir(format!("/proc/{}/task", pid.as_raw_nonzero())) else {
        return Vec::new();
    };
    threads
        .flatten()
        .filter_map(|thread| std::fs::read_to_string(thread.path().join("children")).ok())
        .flat_map(|list| {
            list.split_ascii_whitespace()
                .filter_map(|pid| pid.parse().ok().and_then(Pid::from_raw))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[cfg(not(target_os = "linux"))]
fn children(_: Pid) -> Vec<Pid> {
    // Without `/proc` the process group is what is known of the tree.
    Vec::new()
}

#[cfg(target_os = "linux")]
fn resident_bytes(pid: Pid) -> u64 {
    std::fs::read_to_string(format!("/proc/{}/statm", pid.as_raw_nonzero()))
        .ok()
        .and_then(|statm| statm.split_ascii_whitespace().nth(1)?.parse::<u64>().ok())
        .map_or(0, |pages| pages * rustix::param::page_size() as u64)
}

#[cfg(not(target_os = "linux"))]
fn resident_bytes(_: Pid) -> u64 {
    0
}
