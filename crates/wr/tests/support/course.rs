//! A copy of this repository's course, in which exercises are put into various states and checked by `wr`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Once;

use course::{Course, Expectation};
use engine::Verdict;

use super::program::Ended;
use super::python::Python;
use super::{kept, lock, repository, tree, wr};

/// An exercise in one of the states that its authors have written.
#[derive(Debug, Clone)]
pub struct Case {
    /// `chapter/exercise`.
    pub exercise: String,
    pub variant: Variant,
}

/// A state of an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Variant {
    /// As the learner gets it.
    Starter,
    /// Solved.
    Solution,
    /// A plausible wrong answer, by its folder's name.
    Wrong(String),
}

impl Case {
    pub fn name(&self) -> String {
        match &self.variant {
            Variant::Starter => format!("{} starter", self.exercise),
            Variant::Solution => format!("{} solution", self.exercise),
            Variant::Wrong(name) => format!("{} wrong/{name}", self.exercise),
        }
    }

    /// Writes the exercise in this state to `dir`, which needn't exist yet.
    pub fn write(&self, dir: &Path) {
        tree::copy(&repository().join("exercises").join(&self.exercise), dir);
        let solution = repository().join("solutions").join(&self.exercise);
        match &self.variant {
            Variant::Starter => {}
            Variant::Solution => tree::copy_without(&solution, dir, &["wrong", "WHY.md"]),
            Variant::Wrong(name) => tree::copy(&solution.join("wrong").join(name), dir),
        }
    }
}

/// The states of every exercise that is an extension module: starter, solution, wrong answers.
pub fn extension_cases() -> Vec<Case> {
    extensions()
        .iter()
        .flat_map(|exercise| {
            let solution = repository().join("solutions").join(exercise);
            assert!(solution.is_dir(), "{exercise} has no solution");
            let wrong = names(&solution.join("wrong")).into_iter();
            [Variant::Starter, Variant::Solution]
                .into_iter()
                .chain(wrong.map(Variant::Wrong))
                .map(|variant| Case {
                    exercise: exercise.clone(),
                    variant,
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The exercises that maturin builds, according to their files.
fn extensions() -> Vec<String> {
    let exercises = repository().join("exercises");
    let mut found = Vec::new();
    for chapter in names(&exercises) {
        for exercise in names(&exercises.join(&chapter)) {
            let dir = exercises.join(&chapter).join(&exercise);
            let manifest = fs::read_to_string(dir.join("pyproject.toml")).unwrap_or_default();
            if dir.join("Cargo.toml").is_file() && manifest.contains("maturin") {
                found.push(format!("{chapter}/{exercise}"));
            }
        }
    }
    found
}

/// The folders in `dir`, sorted; none if `dir` doesn't exist.
fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.') && name != "target")
        .collect();
    names.sort();
    names
}

/// What `wr check` says about a case.
#[derive(Debug)]
pub struct Checked {
    pub verdict: Verdict,
    /// The authors' expectation; nothing for a solution, which should be solved.
    pub expected: Option<Expectation>,
    pub ended: Ended,
}

/// Checks a case in the copy of the course.
pub fn check(case: &Case, python: &Python) -> Checked {
    // Every check has the course to itself: an exercise is one directory, in one state at a time.
    let _lock = lock("course");
    let root = copy_of_course();
    let dir = root.join("exercises").join(&case.exercise);
    tree::remove(&dir);
    case.write(&dir);
    let mut command = wr::check(&root, &case.exercise);
    command
        .args(["--format", "json", "--python"])
        .arg(&python.program)
        .env("WR_STATE_DIR", kept("state"));
    let expected = match case.variant {
        Variant::Solution => None,
        Variant::Starter | Variant::Wrong(_) => expectation(&root, case),
    };
    // An answer that should hang needn't hang for long.
    let is_to_hang = expected
        .as_ref()
        .is_some_and(|expected| expected.status.as_deref() == Some("timed_out"));
    if is_to_hang {
        command.args(["--time-limit", "4"]);
    }
    let ended = wr::run(&mut command);
    Checked {
        verdict: wr::verdict(&ended),
        expected,
        ended,
    }
}

fn expectation(root: &Path, case: &Case) -> Option<Expectation> {
    let course = Course::find(root).unwrap_or_else(|error| panic!("{error}"));
    let exercise = course
        .select_path(&case.exercise)
        .unwrap_or_else(|error| panic!("{error}"));
    let config = exercise
        .config(&course)
        .unwrap_or_else(|error| panic!("{error}"));
    config.expect
}

/// The copy, created by the first caller.
fn copy_of_course() -> PathBuf {
    static MADE: Once = Once::new();
    // Always at the same path, so that cargo can reuse its builds the next time.
    let root = kept("course");
    MADE.call_once(|| {
        tree::remove(&root);
        tree::copy(&repository().join("exercises"), &root.join("exercises"));
        tree::write(&root.join(".wr.toml"), &root_config());
        fs::create_dir_all(root.join(".git")).expect("a directory can be made in the copy");
    });
    root
}

fn root_config() -> String {
    let file = repository().join(".wr.toml");
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
