//! A model of an exercise, with random walks: whatever is edited, restored, linked or set back in time, a remembered
//! verdict never differs from a fresh one.

use std::fs::{self, File};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use testkit::{Workshop, workshop};

/// How many walks, and how long they are at most.
const WALKS: u32 = 3;
const MOST_STEPS: usize = 16;

/// A change to one of the files.
#[derive(Debug, Clone)]
enum Step {
    /// Write it in place.
    Write(usize, u8),
    /// Replace it with another file, as editors do.
    Replace(usize, u8),
    /// Write it in place, keeping its size and time.
    Slip(usize, u8),
    /// Copy an old file over it, along with its time.
    CopyOld(usize, u8),
    /// Replace it with a link to a file elsewhere.
    Link(usize, u8),
    /// Touch it.
    Touch(usize),
    /// Set a variable that the tests read.
    Variable(u8),
    /// Do nothing.
    Rest,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let (file, digit) = (0..FILES.len(), 0..10_u8);
    let step = prop_oneof![
        (file.clone(), digit.clone()).prop_map(|(file, digit)| Step::Write(file, digit)),
        (file.clone(), digit.clone()).prop_map(|(file, digit)| Step::Replace(file, digit)),
        (file.clone(), digit.clone()).prop_map(|(file, digit)| Step::Slip(file, digit)),
        (file.clone(), digit.clone()).prop_map(|(file, digit)| Step::CopyOld(file, digit)),
        (file.clone(), digit.clone()).prop_map(|(file, digit)| Step::Link(file, digit)),
        file.prop_map(Step::Touch),
        digit.prop_map(Step::Variable),
        Just(Step::Rest),
    ];
    prop::collection::vec(step, 1..MOST_STEPS)
}

/// The files from which the tests read a digit each, below the workshop: next to the tests, hidden, and outside the
/// exercise.
const FILES: [&str; 3] = [
    "exercises/01_model/01_x/data.txt",
    "exercises/01_model/01_x/.hidden/data.txt",
    "far/data.txt",
];

/// The state of the exercise, according to the model.
struct Model<'w> {
    at: &'w Workshop,
    digits: [u8; FILES.len()],
    variable: u8,
    /// How many extra files were created.
    made: usize,
}

impl Model<'_> {
    fn path(&self, file: usize) -> PathBuf {
        self.at.path(FILES[file])
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::Write(file, digit) => {
                fs::write(self.path(file), digit.to_string()).unwrap();
                self.digits[file] = digit;
            }
            Step::Replace(file, digit) => {
                let aside = self.aside(digit);
                fs::rename(aside, self.path(file)).unwrap();
                self.digits[file] = digit;
            }
            Step::Slip(file, digit) => {
                let time = fs::metadata(self.path(file)).unwrap().modified().unwrap();
                fs::write(self.path(file), digit.to_string()).unwrap();
                set_time(&self.path(file), time);
                self.digits[file] = digit;
            }
            Step::CopyOld(file, digit) => {
                let aside = self.aside(digit);
                let long_ago = SystemTime::now() - Duration::from_hours(2);
                set_time(&aside, long_ago);
                fs::rename(aside, self.path(file)).unwrap();
                self.digits[file] = digit;
            }
            Step::Link(file, digit) => {
                let aside = self.aside(digit);
                fs::remove_file(self.path(file)).unwrap();
                std::os::unix::fs::symlink(aside, self.path(file)).unwrap();
                self.digits[file] = digit;
            }
            Step::Touch(file) => set_time(&self.path(file), SystemTime::now()),
            Step::Variable(digit) => self.variable = digit,
            Step::Rest => {}
        }
    }

    /// A file with this digit that isn't part of the exercise.
    fn aside(&mut self, digit: u8) -> PathBuf {
        self.made += 1;
        let aside = self.at.path(format!("aside-{}", self.made));
        fs::write(&aside, digit.to_string()).unwrap();
        aside
    }

    fn expected(&self) -> &'static str {
        let sum: u8 = self.digits.iter().sum::<u8>() + self.variable;
        if sum.is_multiple_of(2) {
            "solved"
        } else {
            "tests_fail"
        }
    }

    fn found(&self) -> serde_json::Value {
        let run = self.at.wr(["check", "01_model/01_x", "--format", "json"]);
        let run = run.env("MODEL", self.variable.to_string());
        run.run().verdict()
    }
}

fn set_time(path: &std::path::Path, time: SystemTime) {
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(time).unwrap();
}

#[test]
fn no_walk_ends_with_an_outdated_verdict() {
    let at = workshop!("remembered-model");
    at.course().python_exercise(
        "01_model/01_x",
        &format!(
            "import os\n\nHERE = os.path.dirname(__file__)\n\n\ndef test_even():\n    \
             files = [os.path.join(HERE, 'data.txt'), os.path.join(HERE, '.hidden', 'data.txt'), {:?}]\n    \
             assert (sum(int(open(file).read()) for file in files) + int(os.environ['MODEL'])) % 2 == 0\n",
            at.path(FILES[2])
        ),
    );
    // The same walks in every run, so that failures are reproducible.
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let config = Config {
        cases: WALKS,
        failure_persistence: None,
        max_shrink_iters: 30,
        ..Config::default()
    };
    let walked = TestRunner::new_with_rng(config, rng).run(&steps(), |steps| {
        for file in FILES {
            let _ = fs::remove_file(at.path(file));
            at.write(file, "0");
        }
        let mut model = Model {
            at: &at,
            digits: [0; FILES.len()],
            variable: 0,
            made: 0,
        };
        for (number, step) in steps.iter().enumerate() {
            model.take(step);
            let verdict = model.found();
            prop_assert_eq!(
                verdict["status"].as_str(),
                Some(model.expected()),
                "after step {}: {:#}",
                number,
                verdict
            );
        }
        Ok(())
    });
    walked.unwrap_or_else(|error| panic!("{error}"));
    // A memory that never remembers would pass as well.
    let model = Model {
        at: &at,
        digits: [0; FILES.len()],
        variable: 0,
        made: 0,
    };
    for file in FILES {
        let _ = fs::remove_file(at.path(file));
        at.write(file, "0");
    }
    std::thread::sleep(Duration::from_millis(100));
    let remembered = (0..3).filter(|_| model.found()["remembered"] == true);
    assert_eq!(remembered.count(), 2);
}
