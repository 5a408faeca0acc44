//! Two programs using the same database.

use std::thread;
use std::time::{Duration, Instant};

use wr_course::{Notice, Progress, ProgressError};

use crate::fixture::{Fixture, id};

#[test]
fn a_locked_database_is_waited_for_and_then_only_read() {
    let fixture = Fixture::new(&["01_a/01_x"]);
    let mut progress = fixture.progress();
    progress.set_solved(&id("01_a/01_x"), false).unwrap();
    let other = fixture.other_tool();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();

    let start = Instant::now();
    // Its contents are readable, and new progress isn't recorded.
    let held = Progress::open(&fixture.course()).unwrap();
    assert!(
        matches!(held.notices(), [Notice::Held { .. }]),
        "{:?}",
        held.notices()
    );
    assert_eq!(fixture.opened(&held), ["(01_a/01_x)"]);
    assert!(
        start.elapsed() > Duration::from_secs(1),
        "it gave up at once"
    );
    let error = progress.set_solved(&id("01_a/01_x"), true).unwrap_err();
    assert!(matches!(&error, ProgressError::Locked { .. }), "{error}");
    assert!(error.help().unwrap().contains("another wr"));

    other.execute_batch("ROLLBACK").unwrap();
    progress.set_solved(&id("01_a/01_x"), true).unwrap();
    assert_eq!(fixture.opened(&fixture.progress()), ["01_a/01_x"]);
}

#[test]
fn a_briefly_locked_database_does_not_matter() {
    let fixture = Fixture::new(&["01_a/01_x"]);
    let mut progress = fixture.progress();
    let other = fixture.other_tool();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let release = thread::spawn(move || {
        thread::sleep(Duration::from_millis(200));
        other.execute_batch("COMMIT").unwrap();
    });
    progress.set_solved(&id("01_a/01_x"), true).unwrap();
    release.join().unwrap();
    assert_eq!(fixture.opened(&progress), ["01_a/01_x"]);
}

#[test]
fn many_writers_at_once_lose_nothing() {
    let names: Vec<_> = (0..4).map(|number| format!("01_a/{number:02}_x")).collect();
    let fixture = Fixture::new(&names.iter().map(String::as_str).collect::<Vec<_>>());
    thread::scope(|scope| {
        for name in &names {
            scope.spawn(|| fixture.progress().set_solved(&id(name), true).unwrap());
        }
    });
    assert_eq!(fixture.opened(&fixture.progress()), names);
}
