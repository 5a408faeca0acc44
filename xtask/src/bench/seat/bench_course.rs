//! A course with two exercises to measure, one that compiles quickly and one that takes a while, and many others: what a watch
//! reads, shows and publishes grows with the course.

use std::fs;
use std::path::{Path, PathBuf};

use super::View;
use crate::bench::bench_dir::{BenchDir, command, found_course, must};
use crate::bench::edits::Edit;
use crate::bench::projects::{Project, Size};

/// Their chapter.
const CHAPTER: &str = "01_bench";

/// The exercise that compiles quickly.
pub(super) const SMALL: &str = "01_small";

/// The exercise that takes a while to compile.
pub(super) const MEDIUM: &str = "02_medium";

/// How many chapters there are in addition, and how many exercises each has.
const OTHER_CHAPTERS: u32 = 9;
const EACH: u32 = 10;

/// What the extension of the first save returns. The tests expect something else, so each verdict shows the number of its save;
/// no time and no line number looks like it.
const FIRST: u32 = 7_000_001;

/// A course of one watch.
pub(super) struct BenchCourse {
    dir: PathBuf,
    view: View,
}

impl BenchCourse {
    /// Writes it and builds its exercises, so that its state directory has everything that a second watch finds.
    pub(super) fn prepare(bench_dir: &BenchDir, view: View) -> anyhow::Result<Self> {
        let dir = bench_dir.dir.join("courses/seat").join(view.directory());
        eprintln!("seat: setting up {}", dir.display());
        found_course(&dir)?;
        let course = Self { dir, view };
        for (exercise, project) in exercises() {
            project.write(&course.exercise(exercise))?;
        }
        for place in others() {
            let exercise = course.dir.join("exercises").join(place);
            fs::create_dir_all(&exercise)?;
            fs::write(exercise.join("test_it.py"), "def test_it():\n    pass\n")?;
        }
        if view.has_book() {
            course.write_book()?;
        }
        for (exercise, _) in exercises() {
            must(command(&bench_dir.wr, &course.dir).args(["check", exercise]))?;
        }
        Ok(course)
    }

    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    pub(super) fn view(&self) -> View {
        self.view
    }

    /// Saves an exercise for the `count`th time, counted from 0, and returns what its next verdict shows.
    pub(super) fn save(&self, exercise: &str, count: u32) -> anyhow::Result<String> {
        let number = FIRST + count;
        for (_, project) in exercises()
            .into_iter()
            .filter(|(name, _)| *name == exercise)
        {
            let file = self.exercise(exercise).join("src/lib.rs");
            fs::write(file, project.library(Edit::Body, number))?;
        }
        Ok(number.to_string())
    }

    fn exercise(&self, name: &str) -> PathBuf {
        self.dir.join("exercises").join(CHAPTER).join(name)
    }

    fn write_book(&self) -> anyhow::Result<()> {
        let book = self.dir.join("book");
        let measured = exercises().map(|(name, _)| format!("{CHAPTER}/{name}"));
        let mut summary = String::new();
        for place in measured.into_iter().chain(others()) {
            let page = book.join("src").join(format!("{place}.md"));
            if let Some(parent) = page.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(page, format!("# {place}\n"))?;
            summary.push_str(&format!("- [{place}]({place}.md)\n"));
        }
        fs::write(book.join("src/SUMMARY.md"), summary)?;
        fs::write(book.join("book.toml"), "[book]\ntitle = \"A course\"\n")?;
        Ok(())
    }
}

/// The exercises to measure.
fn exercises() -> [(&'static str, Project); 2] {
    [
        (SMALL, Project::new(Size::Small)),
        (MEDIUM, Project::new(Size::Medium)),
    ]
}

/// The other exercises, as `chapter/exercise`.
fn others() -> impl Iterator<Item = String> {
    (2..2 + OTHER_CHAPTERS).flat_map(|chapter| {
        (1..=EACH).map(move |number| format!("{chapter:02}_other/{number:02}_part"))
    })
}
