//! The files of a new exercise, by kind.

/// What kind of exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A Python extension module written in Rust.
    Extension,
    /// Rust only.
    Rust,
    /// Python only.
    Python,
}

/// The parts of an exercise, with placeholders to fill in.
pub(super) struct Parts {
    /// The exercise's files, by path.
    pub(super) starter: Vec<(String, &'static str)>,
    /// The file that the learner edits.
    pub(super) answer: String,
    /// Its contents when solved.
    pub(super) solution: &'static str,
    /// Wrong answers: name, contents, and the tests that fail.
    pub(super) wrong: Vec<(&'static str, &'static str, Vec<String>)>,
    /// How the starter fails.
    pub(super) status: &'static str,
    /// The tests that fail in the starter.
    pub(super) failing: Vec<String>,
}

impl Kind {
    pub(super) fn parts(self, package: &str) -> Parts {
        match self {
            Self::Extension => extension(),
            Self::Rust => rust(package),
            Self::Python => python(package),
        }
    }
}

fn extension() -> Parts {
    let test = |name: &str| format!("sample/tests/test_sample.py::{name}");
    let added = |case: &str| test(&format!("test_prices_are_added[{case}]"));
    let receipt = || test("test_a_receipt_ends_with_the_total");
    let place = |place: &str, text| (place.to_owned(), text);
    Parts {
        starter: vec![
            place(
                "Cargo.toml",
                include_str!("../../templates/extension/Cargo.toml.txt"),
            ),
            place(
                "pyproject.toml",
                include_str!("../../templates/extension/pyproject.toml.txt"),
            ),
            place(
                "src/lib.rs",
                include_str!("../../templates/extension/starter.rs.txt"),
            ),
            place(
                "sample/pyproject.toml",
                include_str!("../../templates/extension/sample_pyproject.toml.txt"),
            ),
            place(
                "sample/src/sample/__init__.py",
                include_str!("../../templates/extension/sample.py.txt"),
            ),
            place(
                "sample/tests/test_sample.py",
                include_str!("../../templates/extension/test_sample.py.txt"),
            ),
        ],
        answer: "src/lib.rs".to_owned(),
        solution: include_str!("../../templates/extension/solution.rs.txt"),
        wrong: vec![
            (
                "first-only",
                include_str!("../../templates/extension/first_only.rs.txt"),
                vec![added("prices2-123"), receipt()],
            ),
            (
                "largest-only",
                include_str!("../../templates/extension/largest_only.rs.txt"),
                vec![added("prices2-123"), receipt()],
            ),
        ],
        status: "unfinished",
        failing: vec![
            added("prices0-0"),
            added("prices1-250"),
            added("prices2-123"),
            receipt(),
        ],
    }
}

fn rust(package: &str) -> Parts {
    let test = |name: &str| format!("{package}::{name}");
    let place = |place: &str, text| (place.to_owned(), text);
    Parts {
        starter: vec![
            place(
                "Cargo.toml",
                include_str!("../../templates/rust/Cargo.toml.txt"),
            ),
            place(
                "src/lib.rs",
                include_str!("../../templates/rust/starter.rs.txt"),
            ),
            place(
                &format!("tests/{package}.rs"),
                include_str!("../../templates/rust/test.rs.txt"),
            ),
        ],
        answer: "src/lib.rs".to_owned(),
        solution: include_str!("../../templates/rust/solution.rs.txt"),
        wrong: vec![
            (
                "first-only",
                include_str!("../../templates/rust/first_only.rs.txt"),
                vec![test("prices_are_added")],
            ),
            (
                "largest-only",
                include_str!("../../templates/rust/largest_only.rs.txt"),
                vec![test("prices_are_added")],
            ),
        ],
        status: "unfinished",
        failing: vec![test("nothing_costs_nothing"), test("prices_are_added")],
    }
}

fn python(package: &str) -> Parts {
    let test = |name: &str| format!("tests/test_{package}.py::{name}");
    let place = |place: &str, text| (place.to_owned(), text);
    // Not in `src`: the exercises' workspace takes a folder with `src` for a crate.
    let answer = format!("{package}.py");
    Parts {
        starter: vec![
            place(
                "pyproject.toml",
                include_str!("../../templates/python/pyproject.toml.txt"),
            ),
            place(
                &answer,
                include_str!("../../templates/python/starter.py.txt"),
            ),
            place(
                &format!("tests/test_{package}.py"),
                include_str!("../../templates/python/test.py.txt"),
            ),
        ],
        solution: include_str!("../../templates/python/solution.py.txt"),
        wrong: vec![
            (
                "first-only",
                include_str!("../../templates/python/first_only.py.txt"),
                vec![test("test_prices_are_added")],
            ),
            (
                "largest-only",
                include_str!("../../templates/python/largest_only.py.txt"),
                vec![test("test_prices_are_added")],
            ),
        ],
        status: "unfinished",
        failing: vec![
            test("test_nothing_costs_nothing"),
            test("test_prices_are_added"),
        ],
        answer,
    }
}
