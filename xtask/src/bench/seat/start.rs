//! From starting `wr watch` to the first thing that a person sees.

use std::time::{Duration, Instant};

use anyhow::Context;

use super::bench_course::{BenchCourse, SMALL};
use crate::bench::bench_dir::BenchDir;
use crate::bench::samples::Samples;
use crate::bench::terminal::{Output, Terminal};

/// How often to start each program, per round.
const STARTS: u32 = 5;

/// How long to leave a watch running, so that what it does at the start is over before the next one starts.
const REST: Duration = Duration::from_millis(400);

/// The times to the first output.
#[derive(Default)]
pub(in crate::bench) struct Start {
    /// `wr --version`, the floor.
    pub(in crate::bench) version: Samples,
    /// The first line of `wr watch --plain`.
    pub(in crate::bench) lines: Samples,
    /// The first frame of the screen.
    pub(in crate::bench) screen: Samples,
}

pub(super) fn measure(
    bench_dir: &BenchDir,
    lines: &BenchCourse,
    screen: &BenchCourse,
    rounds: u32,
) -> anyhow::Result<Start> {
    eprintln!("seat: starting");
    let mut start = Start::default();
    // The first time, the program and its files may not be in memory yet, and doesn't count.
    for count in 0..=rounds * STARTS {
        let mut version =
            Terminal::start(&bench_dir.wr, &["--version"], lines.dir(), Output::Lines)?;
        let at = version.until("the version", |text| text.contains("wr "))?;
        let of_version = at - version.started();
        version.end()?;
        let of_lines = first_output(bench_dir, lines, "Watching ")?;
        let of_screen = first_output(bench_dir, screen, "q quit")?;
        if count > 0 {
            start.version.push(of_version);
            start.lines.push(of_lines);
            start.screen.push(of_screen);
        }
    }
    Ok(start)
}

/// How long it takes until a watch shows this. Then ends it.
fn first_output(
    bench_dir: &BenchDir,
    course: &BenchCourse,
    wanted: &str,
) -> anyhow::Result<Duration> {
    let mut watch = course.view().watch(bench_dir, course, SMALL)?;
    let at = watch.until(wanted, |text| text.contains(wanted))?;
    let took = at - watch.started();
    watch.settle(Instant::now() + REST);
    watch.press("q")?;
    watch.end().context("wr watch doesn't end as it should")?;
    Ok(took)
}
