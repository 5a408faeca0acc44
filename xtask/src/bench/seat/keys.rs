//! From a key to its answer on the screen, while cargo runs.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::ensure;

use super::bench_course::{BenchCourse, MEDIUM};
use crate::bench::bench_dir::BenchDir;
use crate::bench::samples::Samples;
use crate::bench::terminal::{Output, Terminal};

/// How many builds to press keys during, per round.
const BUILDS: u32 = 3;

/// The pause between two keys. It isn't a divisor of the tick's period, so that the keys come at all times between two ticks.
const PAUSE: Duration = Duration::from_millis(37);

/// A heading of the page of keys.
const PAGE: &str = "What you see";

/// What the status says while cargo runs: first the one, then the other.
const BUILDING: [&str; 2] = ["building the extension", "compiling "];

/// A program that only answers keys. How soon it does is up to the machine.
const SHELL: &str = "stty -echo; echo ready; while read -r key; do echo \"got $key\"; done";

/// From a key to its answer.
#[derive(Default)]
pub(in crate::bench) struct Keys {
    /// From `?` to the page of keys.
    pub(in crate::bench) screen: Samples,
    /// The same with a shell on another terminal.
    pub(in crate::bench) shell: Samples,
}

/// Presses `?` while cargo runs, again and again.
pub(super) fn measure(
    bench_dir: &BenchDir,
    course: &BenchCourse,
    rounds: u32,
) -> anyhow::Result<Keys> {
    let mut watch = course.view().watch(bench_dir, course, MEDIUM)?;
    watch.until("the first verdict", |text| status(text).contains("· "))?;
    let mut shell = Terminal::start(
        Path::new("/bin/sh"),
        &["-c", SHELL],
        course.dir(),
        Output::Lines,
    )?;
    shell.until("the shell", |text| text.contains("ready"))?;
    let mut keys = Keys::default();
    for count in 0..rounds * BUILDS {
        eprintln!("seat: keys, build {} of {}", count + 1, rounds * BUILDS);
        let awaited = course.save(MEDIUM, count)?;
        watch.until("the build", is_building)?;
        while is_building(&watch.text()) {
            let pressed = watch.press("?")?;
            let shown = watch.until("the page of keys", |text| text.contains(PAGE))?;
            let word = format!("key {} of {count}", keys.shell.count());
            let pressed_there = shell.press(&format!("{word}\n"))?;
            let shown_there = shell.until(&word, |text| text.contains(&format!("got {word}")))?;
            // Once cargo has ended, it's no longer what this is about.
            if is_building(&watch.text()) {
                keys.screen.push(shown - pressed);
                keys.shell.push(shown_there - pressed_there);
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
    // The end of the input.
    shell.press("\u{4}")?;
    shell.end()?;
    ensure!(
        keys.screen.count() > 0,
        "no build took long enough to press a key"
    );
    Ok(keys)
}

fn is_building(text: &str) -> bool {
    BUILDING.iter().any(|words| status(text).contains(words))
}

/// The line with the status.
fn status(text: &str) -> &str {
    text.lines().nth(1).unwrap_or_default()
}
