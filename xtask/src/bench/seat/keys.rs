//! From a key to its answer on the screen, while cargo runs.

use std::time::{Duration, Instant};

use anyhow::ensure;

use super::bench_course::{BenchCourse, MEDIUM};
use crate::bench::bench_dir::BenchDir;
use crate::bench::samples::Samples;

/// How many builds to press keys during, per round.
const BUILDS: u32 = 3;

/// The pause between two keys. It isn't a divisor of the tick's period, so that the keys come at all times between two ticks.
const PAUSE: Duration = Duration::from_millis(37);

/// A heading of the page of keys.
const PAGE: &str = "What you see";

/// What the status says while cargo runs: first the one, then the other.
const BUILDING: [&str; 2] = ["building the extension", "compiling "];

/// From `?` to the page of keys.
pub(super) fn measure(
    bench_dir: &BenchDir,
    course: &BenchCourse,
    rounds: u32,
) -> anyhow::Result<Samples> {
    let mut watch = course.view().watch(bench_dir, course, MEDIUM)?;
    watch.until("the first verdict", |text| status(text).contains("· "))?;
    let mut keys = Samples::default();
    for count in 0..rounds * BUILDS {
        eprintln!("seat: keys, build {} of {}", count + 1, rounds * BUILDS);
        let awaited = course.save(MEDIUM, count)?;
        watch.until("the build", is_building)?;
        while is_building(&watch.text()) {
            let pressed = watch.press("?")?;
            let shown = watch.until("the page of keys", |text| text.contains(PAGE))?;
            // Once cargo has ended, it's no longer what this is about.
            if is_building(&watch.text()) {
                keys.push(shown - pressed);
            }
            watch.press("\u{1b}")?;
            watch.until("the verdict's page", |text| !text.contains(PAGE))?;
            watch.settle(Instant::now() + PAUSE);
        }
        if !watch.text().contains(&awaited) {
            watch.until("the verdict", |text| text.contains(&awaited))?;
        }
    }
    watch.press("q")?;
    watch.end()?;
    ensure!(keys.count() > 0, "no build took long enough to press a key");
    Ok(keys)
}

fn is_building(text: &str) -> bool {
    BUILDING.iter().any(|words| status(text).contains(words))
}

/// The line with the status.
fn status(text: &str) -> &str {
    text.lines().nth(1).unwrap_or_default()
}
