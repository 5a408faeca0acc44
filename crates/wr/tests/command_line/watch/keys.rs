//! The keys of a watch, which need a terminal.

use rusqlite::Connection;
use testkit::{Terminal, Workshop, workshop};

use super::{PASSING, STAYING, failing};
use crate::states::{PROGRESS, list, rows};

/// A watch on the first of two exercises, after its first verdict.
fn watch(at: &Workshop, name: &str, tests: &str) -> Terminal {
    let id = format!("01_{name}/01_x");
    at.course()
        .python_exercise(&id, tests)
        .python_exercise(&format!("01_{name}/02_y"), &failing("of the second"));
    let mut terminal = at.wr(["watch", "--plain", &id]).on_terminal();
    terminal.expect("Save a file").expect("q quit");
    terminal
}

#[test]
fn q_quits() {
    let at = workshop!("watch-keys-q");
    let mut terminal = watch(&at, "wkeysq", PASSING);
    terminal.press("q");
    assert_eq!(terminal.end().0, 0);
    assert_eq!(rows(&at), [("01_wkeysq/01_x".to_owned(), 1)]);
}

#[test]
fn q_exits_with_a_status_that_says_not_solved() {
    let at = workshop!("watch-keys-q-unsolved");
    let mut terminal = watch(&at, "wkeysqu", &failing("no"));
    terminal.press("q");
    assert_eq!(terminal.end().0, 1);
}

#[test]
fn q_stops_the_current_run() {
    let at = workshop!("watch-keys-q-busy");
    at.course().python_exercise("01_wkeysqb/01_x", STAYING);
    let mut terminal = at.wr(["watch", "--plain", "1/1"]).on_terminal();
    terminal.expect("Save a file");
    while !at.path("exercises/01_wkeysqb/01_x/busy").exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    terminal.press("q");
    assert_eq!(terminal.end().0, 1);
}

#[test]
fn n_opens_the_next_exercise_once_solved() {
    let at = workshop!("watch-keys-n");
    let mut terminal = watch(&at, "wkeysn", &failing("of the first"));
    terminal.press("n").expect("Not yet");
    assert_eq!(rows(&at), [("01_wkeysn/01_x".to_owned(), 0)]);
    at.write("exercises/01_wkeysn/01_x/test_it.py", PASSING);
    terminal.expect("solved").expect("n next exercise");
    terminal.press("n").expect("02_y").expect("of the second");
    terminal.expect("q quit");
    let recorded = [("01_wkeysn/01_x", 1), ("01_wkeysn/02_y", 0)];
    assert_eq!(
        rows(&at),
        recorded.map(|(name, solved)| (name.to_owned(), solved))
    );
    // From now on the second exercise is watched.
    terminal.press("n").expect("Not yet");
    at.write("exercises/01_wkeysn/01_x/test_it.py", failing("unseen"));
    at.write("exercises/01_wkeysn/02_y/test_it.py", PASSING);
    terminal.expect("solved").expect("n next exercise");
    terminal.press("n");
    let (status, screen) = terminal.end();
    assert_eq!(status, 0, "{screen}");
    assert!(!screen.contains("unseen"), "{screen}");
    assert_eq!(
        list(&at),
        ["01_wkeysn/01_x solved", "01_wkeysn/02_y solved*"]
    );
}

#[test]
fn n_does_not_go_back_to_skipped_chapters() {
    let at = workshop!("watch-keys-n-skipped");
    at.course()
        .python_exercise("01_wkeysns/00_w", &failing("of the skipped"))
        .python_exercise("03_wkeysns/00_x", PASSING)
        .python_exercise("03_wkeysns/01_y", PASSING);
    at.wr(["open", "3/1"]).run().status(0);
    at.wr(["open", "3/0"]).run().status(0);
    let mut terminal = at.wr(["watch", "--plain"]).on_terminal();
    terminal.expect("03_wkeysns/00_x").expect("n next exercise");
    terminal.press("n").expect("03_wkeysns/01_y");
    terminal.expect("n next exercise");
    let opened = [("03_wkeysns/00_x", 1), ("03_wkeysns/01_y", 1)];
    let opened = opened.map(|(name, solved)| (name.to_owned(), solved));
    assert_eq!(rows(&at), opened);
    // Only at the end does it return to skipped exercises.
    terminal.press("n").expect("01_wkeysns/00_w");
    terminal.expect("of the skipped").expect("q quit");
    terminal.press("q");
    assert_eq!(terminal.end().0, 1);
}

#[test]
fn h_shows_the_hints_one_by_one() {
    let at = workshop!("watch-keys-h");
    at.course()
        .python_exercise("01_wkeysh/01_x", &failing("no"));
    at.write(
        "exercises/01_wkeysh/01_x/.wr.toml",
        "hints = [\"Look.\", \"Look closer.\"]\n",
    );
    let mut terminal = at.wr(["watch", "--plain", "1/1"]).on_terminal();
    terminal.expect("h hint").press("h");
    terminal.expect("hint 1 of 2").expect("Look.");
    terminal
        .expect("Press h for the next one.")
        .expect("q quit");
    terminal.press("h").expect("hint 2 of 2").expect("q quit");
    terminal.press("h").expect("That was the last hint");
    terminal.expect("hint 1 of 2").expect("q quit");
    // The command continues from there.
    at.wr(["hint"]).start().printed("hint 2 of 2");
    terminal.press("q");
    assert_eq!(terminal.end().0, 1);
}

#[test]
fn enter_verifies_again() {
    let at = workshop!("watch-keys-enter");
    // Each run adds a line to a file that isn't a source.
    let counting = "def test_it():\n    print('ran', file=open('../runs.txt', 'a'))\n";
    let mut terminal = watch(&at, "wkeysenter", counting);
    for runs in 2..4 {
        terminal
            .press("\n")
            .expect("01_wkeysenter/01_x")
            .expect("q quit");
        assert_eq!(
            at.read("exercises/01_wkeysenter/runs.txt").lines().count(),
            runs
        );
    }
    terminal.press("q");
    let (status, screen) = terminal.end();
    assert_eq!(status, 0, "{screen}");
    assert!(!screen.contains("unchanged"), "{screen}");
}

#[test]
fn an_unreadable_hint_does_not_end_it() {
    let at = workshop!("watch-keys-no-hint");
    let mut terminal = watch(&at, "wkeysnohint", PASSING);
    at.write("exercises/01_wkeysnohint/01_x/.wr.toml", "[[[ broken");
    terminal.expect("error").expect("q quit");
    terminal.press("h").expect("error").expect(".wr.toml");
    at.write(
        "exercises/01_wkeysnohint/01_x/.wr.toml",
        "hints = [\"look\"]\n",
    );
    terminal.expect("solved").expect("q quit");
    terminal.press("h").expect("look");
    terminal.press("q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_locked_database_does_not_end_it() {
    let at = workshop!("watch-keys-locked");
    let mut terminal = watch(&at, "wkeyslocked", PASSING);
    let holder = Connection::open(at.path(PROGRESS)).unwrap();
    holder.execute_batch("BEGIN EXCLUSIVE").unwrap();
    at.write("exercises/01_wkeyslocked/01_x/test_it.py", failing("shown"));
    // The verdict appears before anything waits for the database.
    terminal
        .expect("shown")
        .expect("another program is using")
        .expect("q quit");
    holder.execute_batch("COMMIT").unwrap();
    at.write("exercises/01_wkeyslocked/01_x/test_it.py", PASSING);
    terminal.expect("solved").expect("q quit").press("q");
    assert_eq!(terminal.end().0, 0);
    assert_eq!(rows(&at), [("01_wkeyslocked/01_x".to_owned(), 1)]);
}

#[test]
fn n_does_nothing_after_a_new_save() {
    let at = workshop!("watch-keys-n-stale");
    let mut terminal = watch(&at, "wkeysnstale", PASSING);
    at.write("exercises/01_wkeysnstale/01_x/test_it.py", STAYING);
    while !at.path("exercises/01_wkeysnstale/01_x/busy").exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    terminal.press("n").expect("Not yet");
    terminal.press("q");
    assert_eq!(terminal.end().0, 1);
}

#[test]
fn ctrl_c_ends_it() {
    let at = workshop!("watch-keys-ctrl-c");
    let mut terminal = watch(&at, "wkeysctrlc", PASSING);
    terminal.press("\u{3}");
    assert_eq!(terminal.end().0, 130);
}

#[test]
fn ctrl_c_pressed_twice_restores_the_terminal() {
    let at = workshop!("watch-keys-ctrl-c-again");
    let mut terminal = watch(&at, "wkeysctrlcagain", PASSING);
    // The second one comes while the first is still being handled.
    for _ in 0..20 {
        terminal.press("\u{3}");
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    assert_eq!(terminal.end().0, 130);
}
