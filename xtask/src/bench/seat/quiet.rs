//! The cost of a watch on a terminal while nobody types.

use std::time::{Duration, Instant};

use super::View;
use crate::bench::idle::{CALM, Load};
use crate::bench::terminal::Terminal;

/// How long to observe the watches.
const OBSERVED: Duration = Duration::from_secs(10);

/// The processor time of all processes of each watch, in milliseconds.
#[derive(Debug, Default)]
pub(in crate::bench) struct Quiet {
    /// How long each was observed.
    pub(in crate::bench) observed: Duration,
    pub(in crate::bench) lines_ms: f64,
    pub(in crate::bench) screen_ms: f64,
    pub(in crate::bench) with_page_ms: f64,
    /// How many bytes the screen has written to its terminal.
    pub(in crate::bench) written: usize,
}

/// Observes all watches at the same time.
pub(super) fn measure<'t>(
    watches: impl Iterator<Item = (View, &'t mut Terminal)>,
) -> anyhow::Result<Quiet> {
    eprintln!("seat: watching for {} s", (CALM + OBSERVED).as_secs());
    let mut watches: Vec<_> = watches.collect();
    let calm = Instant::now() + CALM;
    for (_, terminal) in &mut watches {
        terminal.settle(calm);
    }
    let mut before = Vec::new();
    for (_, terminal) in &watches {
        before.push(Load::of(terminal.id()?)?);
    }
    let end = Instant::now() + OBSERVED;
    let mut quiet = Quiet {
        observed: OBSERVED,
        ..Quiet::default()
    };
    for (view, terminal) in &mut watches {
        let written = terminal.settle(end);
        if *view == View::Screen {
            quiet.written = written;
        }
    }
    for ((view, terminal), before) in watches.iter().zip(before) {
        let after = Load::of(terminal.id()?)?;
        *match view {
            View::Lines => &mut quiet.lines_ms,
            View::Screen => &mut quiet.screen_ms,
            View::ScreenAndPage => &mut quiet.with_page_ms,
        } = after.cpu_ms - before.cpu_ms;
    }
    Ok(quiet)
}
