//! `wr check` of several targets at once: the whole course, its solutions, several exercises or projects.

use testkit::{Outcome, Project, Workshop, workshop};

use crate::states::{existing_tool, rows, verdicts};

const PASSING: &str = "def test_it():\n    pass\n";
const FAILING: &str = "def test_it():\n    assert False\n";

/// Four exercises, two of them solved; the names contain `key`, since all tests share one state directory.
fn mixed(at: &Workshop, key: &str) {
    at.course()
        .rust_exercise(&format!("01_{key}/01_a"))
        .python_exercise(&format!("01_{key}/02_b"), FAILING)
        .rust_exercise_with(
            &format!("02_{key}/01_c"),
            "assert_eq!(crate::two(), 2);",
            "todo!()",
        )
        .python_exercise(&format!("02_{key}/02_d"), PASSING);
}

fn statuses(key: &str) -> [String; 4] {
    [
        format!("01_{key}/01_a solved"),
        format!("01_{key}/02_b tests_fail"),
        format!("02_{key}/01_c unfinished"),
        format!("02_{key}/02_d solved"),
    ]
}

fn check(at: &Workshop, args: &[&str]) -> Outcome {
    at.wr([&["check", "--format", "json"], args].concat()).run()
}

#[test]
fn the_whole_course() {
    let at = workshop!("many-mixed");
    mixed(&at, "manymixed");
    let outcome = at.wr(["check", "--all"]).run();
    outcome
        .status(1)
        .says("01_manymixed/01_a  solved")
        .says("01_manymixed/02_b  tests fail")
        .says("\n2 of 4 solved; 1 work left, 1 tests fail\n");
    for args in [&["--all"][..], &["--all", "--jobs", "1"]] {
        let outcome = check(&at, &[args, &["--recheck"]].concat());
        outcome.status(1);
        let document = outcome.json();
        assert_eq!(verdicts(&document), statuses("manymixed"), "{args:?}");
        assert_eq!(document["solved"], false);
    }
}

#[test]
fn all_are_solved() {
    let at = workshop!("many-solved");
    at.course()
        .rust_exercise("01_manysolved/01_a")
        .python_exercise("01_manysolved/02_b", PASSING);
    let outcome = at.wr(["check", "--all"]).run();
    outcome.status(0).says("\n2 of 2 solved\n");
    let outcome = check(&at, &["--all"]);
    assert_eq!(outcome.status(0).json()["solved"], true);
}

#[test]
fn progress_is_recorded_for_opened_or_solved_exercises() {
    let at = workshop!("many-progress");
    mixed(&at, "manyprogress");
    // One is no longer solved, and one isn't even opened.
    drop(existing_tool(&at, &[("01_manyprogress", "02_b", true)]));
    check(&at, &["--all"]).status(1);
    let expect = [
        ("01_manyprogress/01_a", 1),
        ("01_manyprogress/02_b", 0),
        ("02_manyprogress/02_d", 1),
    ];
    assert_eq!(
        rows(&at),
        expect.map(|(name, solved)| (name.to_owned(), solved))
    );
}

#[test]
fn solutions_and_work_are_kept_apart() {
    let at = workshop!("many-solutions");
    let (rust, python) = ("01_manysol/01_a", "01_manysol/02_b");
    at.course()
        .rust_exercise_with(rust, "assert_eq!(crate::two(), 2);", "3")
        .python_exercise(
            python,
            "from it import two\n\n\ndef test_it():\n    assert two() == 2\n",
        )
        .write(
            format!("exercises/{python}/it.py"),
            "def two():\n    return 3\n",
        );
    let source = at.read(format!("exercises/{rust}/src/lib.rs"));
    at.write(
        format!("solutions/{rust}/src/lib.rs"),
        source.replace("    3\n", "    2\n"),
    )
    .write(
        format!("solutions/{python}/it.py"),
        "def two():\n    return 2\n",
    )
    .write(format!("solutions/{python}/WHY.md"), "Because.\n");
    drop(existing_tool(&at, &[("01_manysol", "01_a", false)]));
    let all = |status: &str| [format!("{rust} {status}"), format!("{python} {status}")];
    for args in [&["--all"][..], &["--all", "--recheck"], &["--all"]] {
        let outcome = check(&at, args);
        assert_eq!(verdicts(&outcome.status(1).json()), all("tests_fail"));
        let outcome = check(&at, &[args, &["--solutions"]].concat());
        let found = verdicts(&outcome.status(0).json());
        let found: Vec<String> = found
            .iter()
            .map(|one| one.trim_start_matches("solutions/").to_owned())
            .collect();
        assert_eq!(found, all("solved"));
    }
    // They aren't anyone's progress.
    assert_eq!(rows(&at), [(rust.to_owned(), 0)]);
    // A single one, and one that is wrong.
    at.write(
        format!("solutions/{python}/it.py"),
        "def two():\n    return 4\n",
    );
    check(&at, &[rust, "--solutions"]).status(0);
    check(&at, &[python, "--solutions"]).status(1);
}

#[test]
fn a_solution_that_is_missing() {
    let at = workshop!("many-missing");
    at.course()
        .python_exercise("01_manymissing/01_a", PASSING)
        .python_exercise("01_manymissing/02_b", PASSING)
        .write("solutions/01_manymissing/01_a/it.py", "");
    let outcome = at.wr(["check", "--all", "--solutions"]).run();
    outcome.fails(
        "01_manymissing/02_b has no solution",
        "solutions/01_manymissing/02_b",
    );
}

#[test]
fn several_exercises() {
    let at = workshop!("many-several");
    mixed(&at, "manyseveral");
    let outcome = check(&at, &["1/2", "2/2"]);
    let [_, b, _, d] = statuses("manyseveral");
    assert_eq!(verdicts(&outcome.status(1).json()), [b, d]);
    let outcome = check(&at, &["1/1", "exercises/02_manyseveral/02_d"]);
    assert_eq!(outcome.status(0).json()["solved"], true);
    at.wr(["check", "1/1", "9/9"]).run().status(2);
}

#[test]
fn several_projects() {
    let at = workshop!("many-projects");
    at.folder(".git");
    for (name, expected) in [("one", 42), ("two", 43)] {
        let source = "\
#[pyo3::pymodule]
mod MODULE {
    #[pyo3::pyfunction]
    fn answer() -> u32 {
        42
    }
}
";
        let module = format!("prj_many_{name}");
        let mut project = Project::named_after(&at, "");
        project.source = source.replace("MODULE", &module);
        project.name.clone_from(&module);
        project.put_into(&at);
        at.folder(name);
        for file in ["src", "Cargo.toml", "Cargo.lock", "pyproject.toml"] {
            at.rename(file, format!("{name}/{file}"));
        }
        at.write(
            format!("{name}/tests/test_it.py"),
            format!("from {module} import answer\n\n\ndef test_it():\n    assert answer() == {expected}\n"),
        );
    }
    let outcome = check(&at, &["one", "two"]);
    assert_eq!(
        verdicts(&outcome.status(1).json()),
        ["prj_many_one solved", "prj_many_two tests_fail"]
    );
}
