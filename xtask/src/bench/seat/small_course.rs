//! A course with two exercises, one that compiles quickly and one that takes a while.

use std::fs;
use std::path::{Path, PathBuf};

use super::Sight;
use crate::bench::bench_dir::{BenchDir, command, found_course, must};
use crate::bench::edits::Edit;
use crate::bench::projects::{Project, Size};

/// Their chapter.
const CHAPTER: &str = "01_bench";

/// The exercise that compiles quickly.
pub(super) const SMALL: &str = "01_small";

/// The exercise that takes a while to compile.
pub(super) const MEDIUM: &str = "02_medium";

/// What the extension of the first save returns. The tests expect something else, so each verdict shows the number of its save;
/// no time and no line number looks like it.
const FIRST: u32 = 7_000_001;

/// A course of one watch.
pub(super) struct SmallCourse {
    dir: PathBuf,
    sight: Sight,
}

impl SmallCourse {
    /// Writes it and builds its exercises, so that its state directory has everything that a second watch finds.
    pub(super) fn prepare(bench_dir: &BenchDir, sight: Sight) -> anyhow::Result<Self> {
        let dir = bench_dir.dir.join("courses/seat").join(sight.directory());
        eprintln!("seat: setting up {}", dir.display());
        found_course(&dir)?;
        let course = Self { dir, sight };
        for (exercise, project) in exercises() {
            project.write(&course.exercise(exercise))?;
        }
        if sight.has_book() {
            course.write_book()?;
        }
        must(command(&bench_dir.wr, &course.dir).args(["check", "--all"]))?;
        Ok(course)
    }

    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    pub(super) fn sight(&self) -> Sight {
        self.sight
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
        let pages = book.join("src").join(CHAPTER);
        fs::create_dir_all(&pages)?;
        fs::write(book.join("book.toml"), "[book]\ntitle = \"A course\"\n")?;
        let mut summary = String::new();
        for (exercise, project) in exercises() {
            summary.push_str(&format!("- [{exercise}]({CHAPTER}/{exercise}.md)\n"));
            let page = format!("# {exercise}\n\nThis one is {}.\n", project.describe());
            fs::write(pages.join(format!("{exercise}.md")), page)?;
        }
        fs::write(book.join("src/SUMMARY.md"), summary)?;
        Ok(())
    }
}

fn exercises() -> [(&'static str, Project); 2] {
    [
        (SMALL, Project::new(Size::Small)),
        (MEDIUM, Project::new(Size::Medium)),
    ]
}
