//! The progress database, which two tools share.

use rusqlite::Connection;
use testkit::{Workshop, workshop};

use crate::states::{PROGRESS, existing_tool, list, rows};

fn three(at: &Workshop) {
    at.course()
        .command_exercise("01_a/01_x", &[&["true"]])
        .command_exercise("01_a/02_y", &[&["test", "-e", "done"]])
        .command_exercise("02_b/01_z", &[&["true"]]);
}

fn solved(name: &str) -> (String, i64) {
    (name.to_owned(), 1)
}

fn opened(name: &str) -> (String, i64) {
    (name.to_owned(), 0)
}

#[test]
fn its_table_has_exactly_the_expected_shape() {
    let at = workshop!("progress-table");
    three(&at);
    at.wr(["open", "1/1"]).run().status(0);
    let connection = Connection::open(at.path(PROGRESS)).unwrap();
    let mut statement = connection
        .prepare("SELECT name, type, pk FROM pragma_table_info('open_exercises') ORDER BY cid")
        .unwrap();
    let columns: Vec<(String, String, i64)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let expect = [
        ("chapter", "TEXT", 1),
        ("exercise", "TEXT", 2),
        ("solved", "INTEGER", 0),
    ];
    let expect = expect.map(|(name, kind, key)| (name.to_owned(), kind.to_owned(), key));
    assert_eq!(columns, expect);
    let kind: String = connection
        .query_row("SELECT typeof(solved) FROM open_exercises", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(kind, "integer");
}

#[test]
fn a_learner_switches_tools_midway_and_back() {
    let at = workshop!("progress-shared");
    three(&at);
    drop(existing_tool(
        &at,
        &[("01_a", "01_x", true), ("01_a", "02_y", false)],
    ));
    assert_eq!(
        list(&at),
        ["01_a/01_x solved", "01_a/02_y opened*", "02_b/01_z closed"]
    );
    at.write("exercises/01_a/02_y/done", "");
    at.wr::<&str>([]).run().status(0).says("Next: 02_b/01_z");
    assert_eq!(rows(&at), [solved("01_a/01_x"), solved("01_a/02_y")]);
    // Back in the other tool, the next exercise is opened and left unsolved.
    drop(existing_tool(&at, &[("02_b", "01_z", false)]));
    at.wr::<&str>([]).run().status(0).says("02_b/01_z");
    assert_eq!(
        rows(&at),
        [
            solved("01_a/01_x"),
            solved("01_a/02_y"),
            solved("02_b/01_z")
        ]
    );
}

#[test]
fn both_tools_may_hold_the_database_open() {
    let at = workshop!("progress-held-open");
    three(&at);
    let other = existing_tool(&at, &[("01_a", "01_x", false)]);
    at.wr(["check", "1/1"]).run().status(0);
    let solved: i64 = other
        .query_row("SELECT solved FROM open_exercises", [], |row| row.get(0))
        .unwrap();
    assert_eq!(solved, 1);
}

#[test]
fn check_records_the_result_of_an_unopened_exercise() {
    let at = workshop!("progress-unopened");
    three(&at);
    at.wr(["check"]).at("exercises/02_b/01_z").run().status(0);
    at.wr(["check", "02_y"]).run().status(1);
    assert_eq!(rows(&at), [opened("01_a/02_y"), solved("02_b/01_z")]);
}

#[test]
fn the_other_tools_cleanup_loses_no_progress() {
    let at = workshop!("progress-cleaned-up");
    at.course()
        .python_exercise("01_a/01_x", "def test_a():\n    pass\n")
        .rust_exercise("01_a/02_y")
        .command_exercise("01_a/03_z", &[&["true"]]);
    at.wr(["check", "01_x"]).run().status(0);
    at.wr(["check", "02_y"]).run().status(0);
    at.wr(["open", "03_z"]).run().status(0);
    // The other tool closes exercises without a Cargo.toml when it goes through the opened ones.
    let other = existing_tool(&at, &[]);
    other
        .execute("DELETE FROM open_exercises WHERE exercise <> '02_y'", [])
        .unwrap();
    drop(other);
    let expect = ["01_a/01_x solved", "01_a/02_y solved", "01_a/03_z opened*"];
    assert_eq!(list(&at), expect);
    // Its own changes still count: if it has no reason to remove a row, the learner did.
    let other = existing_tool(&at, &[]);
    other
        .execute("DELETE FROM open_exercises WHERE exercise = '02_y'", [])
        .unwrap();
    drop(other);
    assert_eq!(
        list(&at),
        ["01_a/01_x solved", "01_a/02_y closed", "01_a/03_z opened*"]
    );
    at.python_exercise("01_a/01_x", "def test_a():\n    assert False\n");
    at.wr(["check", "01_x"]).run().status(1);
    assert_eq!(list(&at)[0], "01_a/01_x opened");
}

#[test]
fn an_exercise_that_fails_again_is_no_longer_solved() {
    let at = workshop!("progress-fails-again");
    three(&at);
    drop(existing_tool(&at, &[("01_a", "02_y", true)]));
    at.wr(["--recheck"]).run().status(1);
    assert_eq!(rows(&at), [opened("01_a/02_y")]);
}

#[test]
fn progress_follows_an_exercise_to_its_new_name() {
    let at = workshop!("progress-renamed");
    three(&at);
    drop(existing_tool(
        &at,
        &[("01_a", "01_x", true), ("01_a", "02_y", false)],
    ));
    at.rename("exercises/01_a/01_x", "exercises/01_a/01_first");
    let text = at.read("exercises/01_a/01_first/.wr.toml");
    at.write(
        "exercises/01_a/01_first/.wr.toml",
        format!("formerly = [\"01_a/01_x\"]\n{text}"),
    );
    assert_eq!(
        list(&at),
        [
            "01_a/01_first solved",
            "01_a/02_y opened*",
            "02_b/01_z closed"
        ]
    );
    assert_eq!(rows(&at), [solved("01_a/01_first"), opened("01_a/02_y")]);
}

#[test]
fn a_broken_machine_loses_no_progress() {
    let at = workshop!("progress-broken-machine");
    at.course()
        .python_exercise("01_a/01_x", "def test_a():\n    pass\n");
    at.wr(["check", "01_x"]).run().status(0);
    let broken = ["check", "01_x", "--recheck", "--python", "python3.99"];
    at.wr(broken).run().status(1).says("could not be verified");
    assert_eq!(rows(&at), [solved("01_a/01_x")]);
    at.wr(["--recheck", "--python", "python3.99"])
        .run()
        .status(1);
    assert_eq!(rows(&at), [solved("01_a/01_x")]);
}
