//! The learner's seat: how soon the screen is there and answers keys, and what it and the book's pages cost.
//!
//! Everything is measured on a terminal, next to the plain lines of a watch without a book: the least that a watch shows.

mod bench_course;
mod keys;
mod open_page;
mod quiet;
mod saves;
mod start;

use super::bench_dir::BenchDir;
use super::terminal::{Output, Terminal};
use bench_course::BenchCourse;

pub(super) use keys::Keys;
pub(super) use quiet::Quiet;
pub(super) use saves::Saves;
pub(super) use start::Start;

/// The measurements.
pub(super) struct Seat {
    pub(super) start: Start,
    pub(super) keys: Keys,
    pub(super) saves: Saves,
    pub(super) quiet: Quiet,
}

/// How somebody sees a watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    /// `wr watch --plain`, in a course without a book.
    Lines,
    /// `wr watch`, which also serves the book.
    Screen,
    /// The same with a page of the book open.
    ScreenAndPage,
}

impl View {
    /// The directory of its course, so that no watch reuses another's builds.
    fn directory(self) -> &'static str {
        match self {
            Self::Lines => "lines",
            Self::Screen => "screen",
            Self::ScreenAndPage => "page",
        }
    }

    fn has_book(self) -> bool {
        self != Self::Lines
    }

    /// Starts a watch. The terminal has shown nothing yet.
    fn watch(
        self,
        bench_dir: &BenchDir,
        course: &BenchCourse,
        exercise: &str,
    ) -> anyhow::Result<Terminal> {
        let (args, output) = match self {
            Self::Lines => (vec!["watch", "--plain", exercise], Output::Lines),
            Self::Screen | Self::ScreenAndPage => (vec!["watch", exercise], Output::Frames),
        };
        Terminal::start(&bench_dir.wr, &args, course.dir(), output)
    }
}

pub(super) fn measure(bench_dir: &BenchDir, rounds: u32) -> anyhow::Result<Seat> {
    let course = |view| BenchCourse::prepare(bench_dir, view);
    let (lines, screen) = (course(View::Lines)?, course(View::Screen)?);
    let page = course(View::ScreenAndPage)?;
    let start = start::measure(bench_dir, &lines, &screen, rounds)?;
    let keys = keys::measure(bench_dir, &screen, rounds)?;
    let (saves, quiet) = saves::measure(bench_dir, [&lines, &screen, &page], rounds)?;
    Ok(Seat {
        start,
        keys,
        saves,
        quiet,
    })
}
