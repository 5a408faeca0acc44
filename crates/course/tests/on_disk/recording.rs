//! Progress in good condition, shared with the other tool.

use std::fs;

use rusqlite::Connection;
use wr_course::{ProgressError, next_to_offer};

use crate::fixture::{Fixture, id, insert, names};

#[test]
fn recorded_progress_is_there_the_next_time() {
    let fixture = Fixture::new(&["01_a/01_x", "01_a/02_y", "02_b/01_z"]);
    let mut progress = fixture.progress();
    assert!(progress.can_record() && progress.notices().is_empty());
    progress.open_exercise(&id("02_b/01_z")).unwrap();
    progress.set_solved(&id("01_a/01_x"), true).unwrap();
    progress.open_exercise(&id("01_a/01_x")).unwrap();
    progress.set_current(&id("02_b/01_z")).unwrap();
    drop(progress);

    let mut progress = fixture.progress();
    assert_eq!(fixture.opened(&progress), ["01_a/01_x", "(02_b/01_z)"]);
    let course = fixture.course();
    assert_eq!(progress.current(&course).unwrap(), Some(id("02_b/01_z")));
    let opened = progress.opened(&course).unwrap();
    let next = next_to_offer(course.exercises(), &opened).unwrap();
    assert_eq!(next.id(), &id("01_a/02_y"));

    progress.set_solved(&id("01_a/01_x"), false).unwrap();
    progress.set_current(&id("01_a/01_x")).unwrap();
    assert_eq!(fixture.opened(&progress), ["(01_a/01_x)", "(02_b/01_z)"]);
    assert_eq!(progress.current(&course).unwrap(), Some(id("01_a/01_x")));
    // There is no journal left next to the file, so copying this one file copies everything.
    assert_eq!(
        names(&fixture.path("exercises")),
        ["01_a", "02_b", "progress.db"]
    );
}

#[test]
fn a_learner_moves_between_the_tools() {
    let fixture = Fixture::new(&["01_a/01_x", "01_a/02_y"]);
    insert(&fixture.other_tool(), "01_a", "01_x", true);

    let mut progress = fixture.progress();
    assert_eq!(fixture.opened(&progress), ["01_a/01_x"]);
    progress.open_exercise(&id("01_a/02_y")).unwrap();
    // Neither has to exit before the other can work.
    let other = fixture.other_tool();
    insert(&other, "01_a", "02_y", true);
    assert_eq!(fixture.opened(&progress), ["01_a/01_x", "01_a/02_y"]);
    let expect = [("01_a/01_x".to_owned(), 1), ("01_a/02_y".to_owned(), 1)];
    assert_eq!(fixture.rows(), expect);
    let version: i64 = other
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, 0);
}

#[test]
fn the_table_is_the_one_that_courses_rely_on() {
    let fixture = Fixture::new(&[]);
    drop(fixture.progress());
    let connection = Connection::open(fixture.db()).unwrap();
    let mut statement = connection
        .prepare("SELECT name, type, pk FROM pragma_table_info('open_exercises')")
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
    assert_eq!(
        columns,
        expect.map(|(name, kind, key)| (name.to_owned(), kind.to_owned(), key))
    );
    let mode: String = connection
        .pragma_query_value(None, "journal_mode", |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "delete");
}

#[test]
fn reading_does_not_write() {
    let fixture = Fixture::new(&["01_a/01_x"]);
    fixture
        .progress()
        .set_solved(&id("01_a/01_x"), true)
        .unwrap();
    let before = fs::read(fixture.db()).unwrap();
    let mut progress = fixture.progress();
    progress.set_solved(&id("01_a/01_x"), true).unwrap();
    progress.open_exercise(&id("01_a/01_x")).unwrap();
    assert_eq!(fs::read(fixture.db()).unwrap(), before);
}

#[test]
fn rows_of_removed_exercises_are_kept_and_reported() {
    let fixture = Fixture::new(&["01_a/01_x"]);
    let other = fixture.other_tool();
    insert(&other, "01_a", "09_gone", true);
    insert(&other, "old style", "x", false);
    insert(&other, "01_a", "01_x", false);
    let progress = fixture.progress();
    let vanished = progress.vanished(&fixture.course()).unwrap();
    let shown: Vec<_> = vanished
        .iter()
        .map(|one| (one.name.to_string(), one.solved))
        .collect();
    assert_eq!(
        shown,
        [
            ("01_a/09_gone".to_owned(), true),
            ("old style/x".to_owned(), false)
        ]
    );
    assert_eq!(fixture.opened(&progress), ["(01_a/01_x)"]);
    assert_eq!(fixture.rows().len(), 3);
}

#[test]
fn a_removed_exercise_is_not_current() {
    let fixture = Fixture::new(&["01_a/01_x"]);
    let mut progress = fixture.progress();
    progress.set_current(&id("01_a/01_x")).unwrap();
    fs::remove_dir(fixture.path("exercises/01_a/01_x")).unwrap();
    assert_eq!(progress.current(&fixture.course()).unwrap(), None);
}

#[test]
fn an_invalid_row_is_left_alone() {
    let fixture = Fixture::new(&["01_a/01_x"]);
    let connection = Connection::open(fixture.db()).unwrap();
    connection
        .execute_batch(
            "CREATE TABLE open_exercises (chapter TEXT, exercise TEXT, solved INTEGER, PRIMARY KEY (chapter, exercise));
             INSERT INTO open_exercises VALUES (NULL, NULL, NULL), (x'ff', 'a', 1), ('01_a', '01_x', NULL);",
        )
        .unwrap();
    let mut progress = fixture.progress();
    assert_eq!(fixture.opened(&progress), ["(01_a/01_x)"]);
    progress.set_solved(&id("01_a/01_x"), true).unwrap();
    let rows: i64 = connection
        .query_row("SELECT count(*) FROM open_exercises", [], |row| row.get(0))
        .unwrap();
    assert_eq!(rows, 3);
}

#[test]
fn a_newer_database_is_left_alone() {
    let fixture = Fixture::new(&[]);
    drop(fixture.progress());
    Connection::open(fixture.db())
        .unwrap()
        .pragma_update(None, "user_version", 7)
        .unwrap();
    let before = fs::read(fixture.db()).unwrap();
    let error = wr_course::Progress::open(&fixture.course()).unwrap_err();
    assert!(
        matches!(&error, ProgressError::Newer { found: 7, .. }),
        "{error}"
    );
    assert!(error.to_string().contains("newer wr"), "{error}");
    assert_eq!(fs::read(fixture.db()).unwrap(), before);
    assert_eq!(names(&fixture.path("exercises")), ["progress.db"]);
}

#[test]
fn a_table_of_another_shape_is_left_alone() {
    let fixture = Fixture::new(&[]);
    let connection = Connection::open(fixture.db()).unwrap();
    connection
        .execute_batch("CREATE TABLE open_exercises (chapter TEXT, done INTEGER)")
        .unwrap();
    drop(connection);
    let before = fs::read(fixture.db()).unwrap();
    let error = wr_course::Progress::open(&fixture.course()).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("has no column exercise, solved"),
        "{error}"
    );
    assert_eq!(fs::read(fixture.db()).unwrap(), before);
}

#[test]
fn a_table_without_a_key_works_too() {
    let fixture = Fixture::new(&["01_a/01_x"]);
    let connection = Connection::open(fixture.db()).unwrap();
    connection
        .execute_batch("CREATE TABLE open_exercises (chapter, exercise, solved, extra)")
        .unwrap();
    let mut progress = fixture.progress();
    progress.set_solved(&id("01_a/01_x"), false).unwrap();
    progress.set_solved(&id("01_a/01_x"), true).unwrap();
    assert_eq!(fixture.rows(), [("01_a/01_x".to_owned(), 1)]);
}
