//! From a save to the verdict that a person sees.

use std::time::{Duration, Instant};

use super::View;
use super::bench_course::{BenchCourse, SMALL};
use super::open_page::OpenPage;
use super::quiet::{self, Quiet};
use crate::bench::bench_dir::BenchDir;
use crate::bench::samples::Samples;
use crate::bench::terminal::Terminal;

/// How many saves to make, per round.
const SAVES: u32 = 20;

/// The pause between two saves, so that work after a verdict doesn't count towards the next one.
const REST: Duration = Duration::from_millis(400);

/// The times from a save to the verdict.
#[derive(Default)]
pub(in crate::bench) struct Saves {
    pub(in crate::bench) lines: Samples,
    pub(in crate::bench) screen: Samples,
    /// On the screen, with a page open.
    pub(in crate::bench) with_page: Samples,
    /// On that page.
    pub(in crate::bench) on_page: Samples,
}

/// A watch that runs.
struct Watch<'c> {
    course: &'c BenchCourse,
    terminal: Terminal,
    page: Option<OpenPage>,
}

/// Measures the saves with all watches in turn, and then the watches while nobody types.
pub(super) fn measure(
    bench_dir: &BenchDir,
    courses: [&BenchCourse; 3],
    rounds: u32,
) -> anyhow::Result<(Saves, Quiet)> {
    let mut watches = Vec::new();
    for course in courses {
        let mut terminal = course.view().watch(bench_dir, course, SMALL)?;
        terminal.until("the keys", |text| text.contains("q quit"))?;
        let page = match course.view() {
            View::ScreenAndPage => Some(OpenPage::open(bench_dir, course)?),
            View::Lines | View::Screen => None,
        };
        watches.push(Watch {
            course,
            terminal,
            page,
        });
    }
    let mut saves = Saves::default();
    // The first save of each finds everything cold, and doesn't count.
    for count in 0..=rounds * SAVES {
        if count % SAVES == 1 {
            eprintln!("seat: saves, round {} of {rounds}", count / SAVES + 1);
        }
        for watch in &mut watches {
            watch.terminal.settle(Instant::now() + REST);
            let began = Instant::now();
            let awaited = watch.course.save(SMALL, count)?;
            let shown = watch
                .terminal
                .until("the verdict", |text| text.contains(&awaited))?;
            let on_page = watch.page.as_ref().map(|page| page.until(&awaited));
            if count == 0 {
                continue;
            }
            match watch.course.view() {
                View::Lines => &mut saves.lines,
                View::Screen => &mut saves.screen,
                View::ScreenAndPage => &mut saves.with_page,
            }
            .push(shown - began);
            if let Some(at) = on_page {
                saves.on_page.push(at? - began);
            }
        }
        // Each comes after each other one.
        watches.rotate_left(1);
    }
    let quiet = quiet::measure(
        watches
            .iter_mut()
            .map(|watch| (watch.course.view(), &mut watch.terminal)),
    )?;
    for mut watch in watches {
        drop(watch.page);
        watch.terminal.press("q")?;
        watch.terminal.end()?;
    }
    Ok((saves, quiet))
}
