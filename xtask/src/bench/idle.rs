//! The cost of a watch while nobody types.

use std::time::Duration;

use anyhow::Context;

use super::bench_dir::BenchDir;
use super::projects::{Project, Size};
use super::ways::{Way, WrWatch};

pub(super) use tree::Load;

/// The wait after the last verdict; by then, preparations for the next save have finished.
pub(super) const CALM: Duration = Duration::from_secs(5);

/// How long to observe it.
const OBSERVED: Duration = Duration::from_secs(30);

/// The measurements.
pub(super) struct Idle {
    /// Processor time of all processes during the observation, in milliseconds.
    pub(super) cpu_ms: f64,
    /// The observation time.
    pub(super) observed: Duration,
    /// The memory of all processes in MiB, counting shared pages once.
    pub(super) memory_mib: f64,
    /// How many processes there are.
    pub(super) processes: usize,
}

pub(super) fn measure(bench_dir: &BenchDir) -> anyhow::Result<Idle> {
    eprintln!("idle: watching for {} s", (CALM + OBSERVED).as_secs());
    let project = Project::new(Size::Small);
    let dir = bench_dir.plot(project.name(), "watch");
    project.write(&dir)?;
    let mut watch = WrWatch::default();
    watch.start(bench_dir, &dir)?;
    let id = watch.id().context("wr watch has ended")?;
    std::thread::sleep(CALM);
    let before = Load::of(id)?;
    std::thread::sleep(OBSERVED);
    let after = Load::of(id)?;
    watch.end()?;
    Ok(Idle {
        cpu_ms: after.cpu_ms - before.cpu_ms,
        observed: OBSERVED,
        memory_mib: after.memory_mib,
        processes: after.processes,
    })
}

#[cfg(target_os = "linux")]
mod tree {
    use anyhow::Context;
    use procfs::process::{Process, all_processes};

    /// The resources that a process and all its descendants have used so far, and hold now.
    pub(in crate::bench) struct Load {
        pub(in crate::bench) cpu_ms: f64,
        pub(in crate::bench) memory_mib: f64,
        pub(in crate::bench) processes: usize,
    }

    impl Load {
        pub(in crate::bench) fn of(root: u32) -> anyhow::Result<Self> {
            let root = i32::try_from(root)?;
            let mut load = Self {
                cpu_ms: 0.0,
                memory_mib: 0.0,
                processes: 0,
            };
            for id in family(root)? {
                let process = Process::new(id).context("a process of wr watch has ended")?;
                let stat = process.stat()?;
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "an idle process has used little"
                )]
                {
                    load.cpu_ms +=
                        (stat.utime + stat.stime) as f64 * 1e3 / procfs::ticks_per_second() as f64;
                    // The proportional set size (proc(5), `smaps_rollup`), in bytes.
                    let rollup = process.smaps_rollup()?;
                    for map in rollup.memory_map_rollup {
                        let held = map.extension.map.get("Pss").copied().unwrap_or(0);
                        load.memory_mib += held as f64 / 1_048_576.0;
                    }
                }
                load.processes += 1;
            }
            Ok(load)
        }
    }

    fn family(root: i32) -> anyhow::Result<Vec<i32>> {
        let parents: Vec<(i32, i32)> = all_processes()?
            .flatten()
            .filter_map(|process| process.stat().ok())
            .map(|stat| (stat.pid, stat.ppid))
            .collect();
        let mut family = vec![root];
        let mut next = 0;
        while next < family.len() {
            let parent = family[next];
            family.extend(
                parents
                    .iter()
                    .filter(|(_, of)| *of == parent)
                    .map(|(id, _)| *id),
            );
            next += 1;
        }
        Ok(family)
    }
}

#[cfg(not(target_os = "linux"))]
mod tree {
    pub(in crate::bench) struct Load {
        pub(in crate::bench) cpu_ms: f64,
        pub(in crate::bench) memory_mib: f64,
        pub(in crate::bench) processes: usize,
    }

    impl Load {
        pub(in crate::bench) fn of(_: u32) -> anyhow::Result<Self> {
            anyhow::bail!(
                "what idle processes hold is measured on Linux only; leave it out with `--only`"
            )
        }
    }
}
