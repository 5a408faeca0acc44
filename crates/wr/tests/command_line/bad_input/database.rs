//! A progress database with problems: it's set aside or left alone, never overwritten.

use std::fs;

use rusqlite::Connection;
use testkit::{Workshop, workshop};

use crate::states::{PROGRESS, existing_tool, list, rows};

fn course(at: &Workshop) {
    at.course()
        .command_exercise("01_a/01_x", &[&["true"]])
        .command_exercise("01_a/02_y", &[&["true"]]);
}

/// The files next to the exercises that are named after the database, with their contents.
fn kept(at: &Workshop) -> Vec<(String, Vec<u8>)> {
    let mut kept: Vec<_> = fs::read_dir(at.path("exercises"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| {
            entry
                .file_name()
                .to_string_lossy()
                .starts_with("progress.db.")
        })
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect();
    kept.sort();
    kept
}

#[test]
fn not_a_database() {
    let at = workshop!("database-is-none");
    course(&at);
    at.write(
        PROGRESS,
        "this is my shopping list, and long enough to be taken for something else\n",
    );
    let text = fs::read(at.path(PROGRESS)).unwrap();
    let outcome = at.wr(["check", "01_x"]).run();
    outcome
        .status(0)
        .complains("the progress database was damaged")
        .complains("it is kept as");
    assert_eq!(kept(&at), [("progress.db.damaged-1".to_owned(), text)]);
    assert_eq!(rows(&at), [("01_a/01_x".to_owned(), 1)]);
}

#[test]
fn truncated() {
    let at = workshop!("database-truncated");
    course(&at);
    drop(existing_tool(
        &at,
        &[("01_a", "01_x", true), ("01_a", "02_y", false)],
    ));
    let whole = fs::read(at.path(PROGRESS)).unwrap();
    let half = whole[..whole.len() / 2].to_vec();
    at.write(PROGRESS, &half);
    at.wr(["list"]).run().status(0).complains("was damaged");
    assert_eq!(kept(&at), [("progress.db.damaged-1".to_owned(), half)]);
    at.wr(["list"]).run().status(0).never_says("was damaged");
}

#[test]
fn of_a_newer_schema() {
    let at = workshop!("database-newer");
    course(&at);
    let connection = existing_tool(&at, &[("01_a", "01_x", true)]);
    connection.pragma_update(None, "user_version", 999).unwrap();
    drop(connection);
    let before = fs::read(at.path(PROGRESS)).unwrap();
    for args in [&["check", "02_y"][..], &["list"], &[], &["open", "02_y"]] {
        at.wr(args)
            .run()
            .fails("was written by a newer wr", "update wr");
    }
    assert_eq!(fs::read(at.path(PROGRESS)).unwrap(), before);
}

#[test]
fn locked_by_another_program() {
    let at = workshop!("database-locked");
    course(&at);
    let connection = existing_tool(&at, &[("01_a", "01_x", false)]);
    connection.execute_batch("BEGIN EXCLUSIVE").unwrap();
    // The verdict and the list are shown anyway, and so is the fact that nothing can be recorded.
    for command in [&["check", "01_x"][..], &["list"]] {
        at.wr(command)
            .run()
            .status(0)
            .complains("another program is using")
            .complains("close the other program");
    }
    connection.execute_batch("ROLLBACK").unwrap();
    assert_eq!(rows(&at), [("01_a/01_x".to_owned(), 0)]);
    at.wr(["check", "01_x"]).run().status(0);
    assert_eq!(rows(&at), [("01_a/01_x".to_owned(), 1)]);
}

#[test]
fn locked_for_a_moment_only() {
    let at = workshop!("database-locked-shortly");
    course(&at);
    let connection = existing_tool(&at, &[("01_a", "01_x", false)]);
    connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    let running = at.wr(["check", "01_x"]).start();
    std::thread::sleep(std::time::Duration::from_millis(300));
    connection.execute_batch("ROLLBACK").unwrap();
    running.wait().status(0);
    assert_eq!(rows(&at), [("01_a/01_x".to_owned(), 1)]);
}

#[test]
fn of_another_programs_shape() {
    let at = workshop!("database-foreign");
    course(&at);
    let connection = Connection::open(at.path(PROGRESS)).unwrap();
    connection
        .execute_batch("CREATE TABLE open_exercises (id INTEGER, done TEXT)")
        .unwrap();
    drop(connection);
    let before = fs::read(at.path(PROGRESS)).unwrap();
    at.wr(["check", "01_x"])
        .run()
        .fails("has no column", "move");
    assert_eq!(fs::read(at.path(PROGRESS)).unwrap(), before);
}

#[test]
fn a_directory_in_its_place() {
    let at = workshop!("database-is-folder");
    course(&at);
    at.folder(PROGRESS);
    at.wr(["check", "01_x"])
        .run()
        .fails("is not a file", "move");
}

#[test]
fn two_at_once_record_both_results() {
    let at = workshop!("database-two-writers");
    course(&at);
    let both = ["01_x", "02_y"].map(|id| at.wr(["check", id]).start());
    for one in both {
        one.wait().status(0);
    }
    assert_eq!(
        list(&at)
            .iter()
            .filter(|one| one.contains(" solved"))
            .count(),
        2
    );
}
