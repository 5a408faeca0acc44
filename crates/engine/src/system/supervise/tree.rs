//! A process and all its descendants.
#![allow(
    clippy::disallowed_methods,
    reason = "the supervisor is part of the native `System`"
)]

use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitOptions, kill_process, kill_process_group};

use crate::system::Limits;

/// How long to keep trying to kill processes; only the kernel can end one in an uninterruptible wait.
const PATIENCE: Duration = Duration::from_secs(10);

/// The same for orphans, while the program keeps running and its limits have to be enforced.
const PATIENCE_WITH_ORPHANS: Duration = Duration::from_millis(200);

/// The tree below one process that leads a process group.
pub(super) struct Tree {
    root: Pid,
}

impl Tree {
    pub(super) fn new(root: Pid) -> Self {
        Self { root }
    }

    /// Kills every process of the tree and waits until they are gone.
    pub(super) fn end(&self) {
        // One signal to the whole group stops even a fork bomb: the kernel lets no member escape by forking.
        let _ = kill_process_group(self.root, Signal::KILL);
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            match rustix::process::wait(WaitOptions::NOHANG) {
                Ok(Some(_)) => {}
                // Children remain: in the group, exiting, or escaped to their own groups.
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

    /// Kills the processes that the supervisor adopted because their parents are gone, with everything below them.
    pub(super) fn end_orphans(&self) {
        let started = Instant::now();
        loop {
            // The supervisor itself started only one process; all its other children are orphans.
            let orphans: Vec<Pid> = children(rustix::process::getpid())
                .into_iter()
                .filter(|pid| *pid != self.root)
                .collect();
            if orphans.is_empty() || started.elapsed() > PATIENCE_WITH_ORPHANS {
                return;
            }
            for orphan in orphans {
                for pid in descendants(orphan).into_iter().chain([orphan]) {
                    let _ = kill_process(pid, Signal::KILL);
                }
                // Only this process, because the program itself is waited for elsewhere.
                let _ = rustix::process::waitpid(Some(orphan), WaitOptions::NOHANG);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// What the tree uses now.
    pub(super) fn used() -> Used {
        // From the supervisor itself, which adopts the tree's orphans.
        let all = descendants(rustix::process::getpid());
        let mut used = Used {
            processes: all.len(),
            ..Used::default()
        };
        for (memory, cpu) in all.iter().filter_map(|pid| memory_and_cpu(*pid)) {
            used.memory += memory;
            used.cpu += cpu;
        }
        used
    }
}

/// Kills the children of this process that aren't in `known`, with everything below them: they belonged to a supervisor that was
/// killed.
pub(in crate::system) fn end_strays(known: &std::collections::BTreeSet<u32>) {
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        let strays: Vec<Pid> = children(rustix::process::getpid())
            .into_iter()
            .filter(|pid| !known.contains(&pid.as_raw_nonzero().get().unsigned_abs()))
            .collect();
        if strays.is_empty() {
            return;
        }
        for stray in strays {
            for pid in descendants(stray).into_iter().chain([stray]) {
                let _ = kill_process(pid, Signal::KILL);
            }
            let _ = rustix::process::waitpid(Some(stray), WaitOptions::NOHANG);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// What a tree uses at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Used {
    pub(super) processes: usize,
    /// In bytes; a page that several processes share counts for each.
    pub(super) memory: u64,
    /// The processor time of the processes that are still alive, in the system's ticks.
    pub(super) cpu: u64,
}

impl Used {
    /// The exceeded limit, in machine-readable form.
    pub(super) fn exceeds(&self, limits: &Limits) -> Option<String> {
        if let Some(most) = limits.processes
            && self.processes > most as usize
        {
            return Some(format!("processes {} {most}", self.processes));
        }
        let most = limits.memory?;
        (self.memory > most).then(|| format!("memory {} {most}", self.memory))
    }
}

/// Every process below `root`, as far as the system shows.
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
    // Children belong to the thread that started them, so all threads are searched (proc(5), `children`).
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
    // Without `/proc`, only the process group is known.
    Vec::new()
}

/// The memory of a process in bytes and its processor time in ticks (proc(5), `stat`: `rss`, `utime`, `stime`).
#[cfg(target_os = "linux")]
fn memory_and_cpu(pid: Pid) -> Option<(u64, u64)> {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?;
    // A program's name may contain spaces and brackets; the fields after the last bracket start with the third.
    let (_, rest) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_ascii_whitespace().collect();
    let field = |number: usize| fields.get(number - 3)?.parse::<u64>().ok();
    let pages = field(24)?;
    Some((
        pages * rustix::param::page_size() as u64,
        field(14)? + field(15)?,
    ))
}

#[cfg(not(target_os = "linux"))]
fn memory_and_cpu(_: Pid) -> Option<(u64, u64)> {
    None
}
