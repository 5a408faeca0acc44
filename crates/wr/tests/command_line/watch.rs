//! `wr watch`: every save leads to one verdict, on what was saved last.
//!
//! The next save shows that there was no extra verdict: its verdict is the next one printed.

mod ending;
mod inputs;
mod keys;
mod left_behind;
mod own_files;
mod plugins;
mod saves;
mod screen;
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

    /// Only starts it.
    fn begin(at: &'w Workshop, id: &str) -> Self {
        let mut running = at.wr(["watch", id]).start();
        running.printed("Save a file to verify it.");
        Self {
            at,
            dir: Path::new("exercises").join(id),
            running,
        }
    }

    /// The next verdict, which may take a while.
    #[track_caller]
    fn verdict(&mut self) -> String {
        self.running.printed("Ctrl-C to quit\n")
    }

    /// Requires that the next verdict is on the contents with this mark.
    #[track_caller]
    fn shows(&mut self, mark: &str) {
        let verdict = self.verdict();
        assert!(verdict.contains(mark), "no {mark:?}: {verdict}");
    }

    /// Takes verdicts until there is one on the contents with this mark.
    #[track_caller]
    fn until(&mut self, mark: &str) {
        while !self.verdict().contains(mark) {}
    }

    /// The path of a file in the exercise, relative to the workshop.
    fn file(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// The absolute path.
    fn path(&self, name: &str) -> PathBuf {
        self.at.path(self.file(name))
    }

    /// Writes a file in place.
    fn save(&self, name: &str, text: impl AsRef<[u8]>) {
        self.at.write(self.file(name), text);
    }

    /// Ends it from outside, and checks that nothing is left.
    fn end(self) {
        self.running.interrupt();
        self.running.wait().status(130);
    }
}

/// A Python test that fails with this message.
fn failing(mark: &str) -> String {
    format!("def test_it():\n    assert False, {mark:?}\n")
}

const PASSING: &str = "def test_it():\n    pass\n";

/// A Python test that reports its process ID and then keeps running; `MARK` identifies it.
const STAYING: &str = "\
import os, pathlib, time


def test_it():
    pathlib.Path('pid').write_text(str(os.getpid()))
    os.rename('pid', 'busy')
    time.sleep(600)
";
