//! `wr watch`: every save leads to one verdict, on what was saved last.
//!
//! That there is no further verdict shows by the next save: its verdict is the next one that is printed.

mod ending;
mod keys;
mod left_behind;
mod made_of;
mod own_files;
mod plugins;
mod saves;
mod stale;
mod stream;
mod trouble;

use std::path::{Path, PathBuf};

use testkit::{Running, Workshop};

/// A watch on one exercise.
struct Watch<'w> {
    at: &'w Workshop,
    dir: PathBuf,
    running: Running,
}

impl<'w> Watch<'w> {
    /// Starts it and takes the first verdict, which needs no save.
    fn start(at: &'w Workshop, id: &str) -> (Self, String) {
        let mut watch = Self::begin(at, id);
        let first = watch.verdict();
        (watch, first)
    }

    /// Starts it and no more.
    fn begin(at: &'w Workshop, id: &str) -> Self {
        let mut running = at.wr(["watch", id]).start();
        running.printed("Save a file to verify it.");
        Self {
            at,
            dir: Path::new("exercises").join(id),
            running,
        }
    }

    /// The next verdict, which may take a while to come.
    #[track_caller]
    fn verdict(&mut self) -> String {
        self.running.printed("Ctrl-C ends it\n")
    }

    /// Requires that the next verdict is on the content with this mark.
    #[track_caller]
    fn shows(&mut self, mark: &str) {
        let verdict = self.verdict();
        assert!(verdict.contains(mark), "no {mark:?}: {verdict}");
    }

    /// Takes verdicts until one is on the content with this mark.
    #[track_caller]
    fn until(&mut self, mark: &str) {
        while !self.verdict().contains(mark) {}
    }

    /// Where a file of the exercise is, below the workshop.
    fn file(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// The file itself.
    fn path(&self, name: &str) -> PathBuf {
        self.at.path(self.file(name))
    }

    /// Writes a file in place.
    fn save(&self, name: &str, text: impl AsRef<[u8]>) {
        self.at.write(self.file(name), text);
    }

    /// Ends it from outside, and sees that nothing is left.
    fn end(self) {
        self.running.interrupt();
        self.running.wait().status(130);
    }
}

/// A Python test that fails and says this.
fn failing(mark: &str) -> String {
    format!("def test_it():\n    assert False, {mark:?}\n")
}

const PASSING: &str = "def test_it():\n    pass\n";

/// A Python test that says by which process it runs, and then stays; `MARK` is for the test to tell it apart.
const STAYING: &str = "\
import os, pathlib, time


def test_it():
    pathlib.Path('pid').write_text(str(os.getpid()))
    os.rename('pid', 'busy')
    time.sleep(600)
";
