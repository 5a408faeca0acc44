//! Progress follows a renamed exercise.

use std::fs;

use crate::fixture::{Fixture, id, insert};

fn formerly(fixture: &Fixture, exercise: &str, names: &str) {
    fixture.write(
        &format!("exercises/{exercise}/.wr.toml"),
        format!("formerly = [{names}]"),
    );
}

#[test]
fn a_renamed_exercise_keeps_its_progress() {
    let fixture = Fixture::new(&["01_a/02_new"]);
    formerly(&fixture, "01_a/02_new", "'00_x/00_never', '01_a/01_old'");
    insert(&fixture.other_tool(), "01_a", "01_old", true);
    let progress = fixture.progress();
    assert_eq!(fixture.opened(&progress), ["01_a/02_new"]);
    assert!(progress.vanished(&fixture.course()).unwrap().is_empty());
    assert_eq!(fixture.rows(), [("01_a/02_new".to_owned(), 1)]);
}

#[test]
fn the_current_exercise_follows_too() {
    let fixture = Fixture::new(&["01_a/01_old"]);
    let mut progress = fixture.progress();
    progress.open_exercise(&id("01_a/01_old")).unwrap();
    progress.set_current(&id("01_a/01_old")).unwrap();
    drop(progress);
    fs::rename(
        fixture.path("exercises/01_a/01_old"),
        fixture.path("exercises/01_a/02_new"),
    )
    .unwrap();
    formerly(&fixture, "01_a/02_new", "'01_a/01_old'");
    let current = fixture.progress().current(&fixture.course()).unwrap();
    assert_eq!(current, Some(id("01_a/02_new")));
}

#[test]
fn both_rows_stay_while_the_old_folder_exists() {
    let fixture = Fixture::new(&["01_a/01_old", "01_a/02_new"]);
    formerly(&fixture, "01_a/02_new", "'01_a/01_old'");
    insert(&fixture.other_tool(), "01_a", "01_old", true);
    let mut progress = fixture.progress();
    assert_eq!(fixture.opened(&progress), ["01_a/01_old", "01_a/02_new"]);
    // The old row doesn't undo what is recorded under the new name.
    progress.set_solved(&id("01_a/02_new"), false).unwrap();
    assert_eq!(
        fixture.opened(&fixture.progress()),
        ["01_a/01_old", "(01_a/02_new)"]
    );
}

#[test]
fn one_exercise_may_become_two() {
    let fixture = Fixture::new(&["01_a/02_one", "01_a/03_two"]);
    formerly(&fixture, "01_a/02_one", "'01_a/01_old'");
    formerly(&fixture, "01_a/03_two", "'01_a/01_old', '01_a/03_two'");
    insert(&fixture.other_tool(), "01_a", "01_old", true);
    assert_eq!(
        fixture.opened(&fixture.progress()),
        ["01_a/02_one", "01_a/03_two"]
    );
    assert_eq!(fixture.rows().len(), 2);
}

#[test]
fn a_row_under_both_names_loses_nothing() {
    let fixture = Fixture::new(&["01_a/02_new"]);
    formerly(&fixture, "01_a/02_new", "'01_a/01_old'");
    let other = fixture.other_tool();
    insert(&other, "01_a", "01_old", true);
    insert(&other, "01_a", "02_new", false);
    assert_eq!(fixture.opened(&fixture.progress()), ["01_a/02_new"]);
    assert_eq!(fixture.rows(), [("01_a/02_new".to_owned(), 1)]);
}
