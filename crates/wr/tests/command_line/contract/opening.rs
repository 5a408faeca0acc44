//! `wr open`.

use testkit::{Workshop, workshop};

use crate::states::{list, rows};

fn course(at: &Workshop) {
    for id in ["01_a/00_w", "01_a/01_x", "02_b/01_y", "02_b/010_z"] {
        at.command_exercise(id, &[&["true"]]);
    }
    at.course();
}

#[test]
fn chapter_and_exercise_by_number_or_folder_name() {
    let at = workshop!("open-by-name-or-number");
    course(&at);
    let check = |args: &[&str], expect: &str| {
        let outcome = at.wr(args).run();
        outcome.status(0).says(&format!("{expect} is open"));
        let current = list(&at).into_iter().find(|one| one.ends_with('*'));
        assert_eq!(current, Some(format!("{expect} opened*")));
    };
    check(&["open", "--chapter", "1", "--exercise", "0"], "01_a/00_w");
    check(
        &["open", "--chapter", "01_a", "--exercise", "01_x"],
        "01_a/01_x",
    );
    check(
        &["open", "--exercise", "1", "--chapter", "02_b"],
        "02_b/01_y",
    );
    check(
        &["open", "--chapter", "2", "--exercise", "10"],
        "02_b/010_z",
    );
    check(&["open", "01_a/00_w"], "01_a/00_w");
    check(&["open", "2/1"], "02_b/01_y");
    check(&["open", "010_z"], "02_b/010_z");
    assert_eq!(rows(&at).len(), 4);
}

#[test]
fn it_becomes_the_current_one_even_if_earlier_ones_are_open() {
    let at = workshop!("open-moves");
    course(&at);
    for id in ["2/1", "1/0"] {
        at.wr(["open", id]).run().status(0);
    }
    assert_eq!(
        list(&at),
        [
            "01_a/00_w opened*",
            "01_a/01_x closed",
            "02_b/01_y opened",
            "02_b/010_z closed"
        ]
    );
    at.wr(["check", "--format", "json"]).run().says("01_a/00_w");
}

#[test]
fn reopening_keeps_a_solved_exercise_solved() {
    let at = workshop!("open-again");
    course(&at);
    at.wr(["check", "1/0"]).run().status(0);
    at.wr(["open", "1/0"]).run().status(0);
    assert_eq!(rows(&at), [("01_a/00_w".to_owned(), 1)]);
}

#[test]
fn a_missing_exercise_is_refused_with_the_existing_ones() {
    let at = workshop!("open-missing");
    course(&at);
    let open = |args: &[&str]| at.wr(args).run();
    open(&["open", "--chapter", "7", "--exercise", "1"])
        .fails("there is no chapter `7`", "01_a, 02_b");
    open(&["open", "--chapter", "1", "--exercise", "9"])
        .fails("there is no exercise `9` in 01_a", "00_w, 01_x");
    open(&["open"]).fails("which exercise?", "wr list");
    // One of the two isn't an exercise.
    open(&["open", "--chapter", "1"])
        .status(2)
        .complains("--exercise");
    assert!(!at.path("exercises/progress.db").exists() || rows(&at).is_empty());
}

#[test]
fn an_ambiguous_number_is_refused_with_the_candidates() {
    let at = workshop!("open-ambiguous");
    course(&at);
    at.command_exercise("01_a/01_x-again", &[&["true"]]);
    at.wr(["open", "1/1"])
        .run()
        .fails("01_x, 01_x-again", "full name");
    at.wr(["open", "1/01_x-again"]).run().status(0);
}
