//! The screen of a watch, on a terminal. What it shows in which state is tested in the same place as its code.

use rustix::process::{Pid, Signal, kill_process};
use testkit::{Terminal, Workshop, workshop};

use super::{PASSING, STAYING, failing};

/// A watch on the first of two exercises, after its first verdict.
fn watch(at: &Workshop, name: &str, tests: &str) -> Terminal {
    let id = format!("01_{name}/01_x");
    at.course()
        .python_exercise(&id, tests)
        .python_exercise(&format!("01_{name}/02_y"), &failing("of the second"));
    let terminal = at.wr(["watch", &id]).env("VISUAL", "").on_terminal();
    terminal.shows("q quit").shows("01_x").hides("starting");
    terminal
}

/// Stops it as Ctrl-Z does, and waits until it has stopped.
fn suspend(terminal: &Terminal) {
    kill_process(pid(terminal), Signal::TSTP).unwrap();
    let state = || {
        let ps = std::process::Command::new("ps")
            .args(["-o", "stat=", "-p", &terminal.pid().to_string()])
            .output()
            .unwrap();
        String::from_utf8(ps.stdout).unwrap()
    };
    while !state().starts_with('T') {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

fn pid(terminal: &Terminal) -> Pid {
    let pid = i32::try_from(terminal.pid()).expect("process IDs are small");
    Pid::from_raw(pid).expect("it isn't zero")
}

#[test]
fn a_save_changes_the_screen_and_q_leaves_no_trace_of_it() {
    let at = workshop!("screen-save");
    let mut terminal = watch(&at, "screensave", &failing("the first"));
    terminal.shows("tests fail").shows("the first");
    assert!(terminal.is_on_alternate_screen() && terminal.hides_cursor());
    at.write("exercises/01_screensave/01_x/test_it.py", PASSING);
    terminal
        .shows("✓ solved")
        .shows("n next")
        .hides("the first");
    terminal.press("n");
    terminal.shows("01_screensave/02_y").shows("of the second");
    terminal.press("p");
    terminal.shows("01_screensave/01_x").shows("✓ solved");
    terminal.press("q");
    let (status, printed) = terminal.end();
    assert_eq!(status, 0);
    let (_, after) = printed.rsplit_once("\u{1b}[?1049l").unwrap();
    assert_eq!(after.trim_end_matches("\u{1b}[?25h"), "");
}

#[test]
fn the_list_goes_to_an_exercise() {
    let at = workshop!("screen-list");
    let mut terminal = watch(&at, "screenlist", PASSING);
    terminal.shows("✓ solved");
    terminal.press("l");
    terminal.shows("1 of 2 solved");
    terminal.press("\u{1b}[B");
    terminal.shows("▸ · 02_y");
    terminal.press("\r");
    terminal.shows("01_screenlist/02_y").shows("of the second");
    terminal.press("q");
    assert_eq!(terminal.end().0, 1);
}

#[test]
fn pasted_text_and_unknown_keys_do_nothing() {
    let at = workshop!("screen-paste");
    let mut terminal = watch(&at, "screenpaste", PASSING);
    terminal.shows("✓ solved");
    // A paste, Alt-q, a key of the keypad, a function key, a mouse that nobody asked for.
    terminal.press("\u{1b}[200~an equation\u{1b}[201~");
    terminal
        .press("\u{1b}q")
        .press("\u{1b}Oq")
        .press("\u{1b}[15~");
    terminal.press("\u{1b}[<0;10;10M");
    terminal.press("?");
    terminal.shows("What you see");
    terminal.press("q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_key_is_answered_while_tests_run_and_q_ends_them() {
    let at = workshop!("screen-busy");
    at.course().python_exercise("01_screenbusy/01_x", STAYING);
    let mut terminal = at.wr(["watch", "1/1"]).on_terminal();
    while !at.path("exercises/01_screenbusy/01_x/busy").exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    terminal.press("?");
    terminal.shows("What you see");
    terminal.press("q");
    assert_eq!(terminal.end().0, 1);
}

#[test]
fn signals_restore_the_terminal() {
    let at = workshop!("screen-signals");
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let mut terminal = watch(&at, "screensignals", PASSING);
        kill_process(pid(&terminal), signal).unwrap();
        terminal.hides("q quit");
        assert!(!terminal.is_on_alternate_screen() && !terminal.hides_cursor());
        terminal.press("");
        assert_eq!(terminal.end().0, 130, "{signal:?}");
    }
}

#[test]
fn a_terminal_that_goes_away_ends_the_watch_even_without_its_signal() {
    let at = workshop!("screen-gone");
    let id = "01_screengone/01_x";
    at.course().python_exercise(id, PASSING);
    let emulator = "import pty, sys; pty.spawn(sys.argv[1:])";
    let sized = ["sh", "-c", "stty rows 24 cols 80; exec \"$@\"", "sh"];
    // A session without a controlling terminal gets no signal when it goes away, and a terminal without a size gets lines.
    for (session, shown) in [
        (&sized[..], "\u{1b}[?1049h"),
        (&["setsid", "--wait"], "Save a file"),
    ] {
        let outer = [&["python3", "-c", emulator], session].concat();
        let mut running = at.wr(["watch", id]).within(&outer).start();
        running.printed(shown);
        running.printed("solved");
        running.signal(Signal::KILL);
        running.wait();
    }
}

#[test]
fn a_suspended_watch_gives_the_terminal_back_and_continues() {
    let at = workshop!("screen-suspend");
    let mut terminal = watch(&at, "screensuspend", PASSING);
    terminal.shows("✓ solved");
    for _ in 0..2 {
        suspend(&terminal);
        terminal.hides("q quit");
        assert!(!terminal.is_on_alternate_screen() && !terminal.hides_cursor());
        kill_process(pid(&terminal), Signal::CONT).unwrap();
        terminal.shows("✓ solved").shows("q quit");
        assert!(terminal.is_on_alternate_screen());
    }
    // What was saved meanwhile is noticed.
    at.write(
        "exercises/01_screensuspend/01_x/test_it.py",
        failing("later"),
    );
    terminal.shows("later");
    terminal.press("q");
    assert_eq!(terminal.end().0, 1);
}

#[test]
fn a_run_is_cancelled_while_the_watch_is_suspended() {
    let at = workshop!("screen-suspend-busy");
    at.course()
        .python_exercise("01_screensuspendbusy/01_x", STAYING);
    let busy = "exercises/01_screensuspendbusy/01_x/busy";
    let mut terminal = at.wr(["watch", "1/1"]).on_terminal();
    let until_busy = || {
        while !at.path(busy).exists() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let pid = at.read(busy);
        std::fs::remove_file(at.path(busy)).unwrap();
        pid.trim().parse().ok().and_then(Pid::from_raw).unwrap()
    };
    let test = until_busy();
    suspend(&terminal);
    terminal.hides("q quit");
    while rustix::process::test_kill_process(test).is_ok() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    kill_process(pid(&terminal), Signal::CONT).unwrap();
    // The same tests run again.
    until_busy();
    terminal.shows("q quit");
    terminal.press("q");
    assert_eq!(terminal.end().0, 1);
}

#[test]
fn a_storm_of_sizes_leaves_a_whole_screen() {
    let at = workshop!("screen-sizes");
    let mut terminal = watch(&at, "screensizes", &failing("a mark"));
    for step in 0..40_u16 {
        terminal.resize(3 + step % 37, 1 + (step * 7) % 200);
    }
    terminal.resize(15, 60);
    terminal.shows("01_screensizes/01_x").shows("q quit");
    terminal.resize(80, 250);
    terminal.shows("a mark").shows("Steps");
    terminal.press("q");
    assert_eq!(terminal.end().0, 1);
}

#[test]
fn a_key_right_after_another_size_is_not_lost() {
    let at = workshop!("screen-size-key");
    let mut terminal = watch(&at, "screensizekey", PASSING);
    terminal.shows("✓ solved");
    for step in 0..30_u16 {
        terminal.resize(24 + step % 2, 80 + step);
        terminal.press("?");
        terminal.shows("What you see");
        terminal.resize(24 + step % 2, 90 + step);
        terminal.press("\u{1b}");
        terminal.hides("What you see");
    }
    terminal.press("q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn an_editor_in_the_terminal_has_it_until_it_ends() {
    let at = workshop!("screen-editor");
    at.course()
        .python_exercise("01_screeneditor/01_x", &failing("before"));
    // It shows what it was called with, changes the file, and waits for a line.
    at.write(
        "editor",
        "#!/bin/sh\necho \"editing $1\"\nprintf 'def test_it():\\n    assert False, \"edited\"\\n' > \"$1\"\nread line\necho \"read $line\"\n",
    );
    let editor = at.path("editor");
    let mut permissions = std::fs::metadata(&editor).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o755);
    std::fs::set_permissions(&editor, permissions).unwrap();
    let mut terminal = at
        .wr(["watch", "1/1"])
        .env("VISUAL", editor.to_str().unwrap())
        .on_terminal();
    terminal.shows("tests fail");
    terminal.press("o");
    terminal.shows("editing").hides("q quit");
    assert!(!terminal.is_on_alternate_screen());
    // Keys are the editor's.
    terminal.press("q\n");
    terminal.shows("q quit").shows("edited");
    assert!(
        terminal.screen().contains("read q"),
        "{}",
        terminal.screen()
    );
    terminal.press("q");
    assert_eq!(terminal.end().0, 1);
}

#[test]
fn without_an_editor_it_says_what_to_set() {
    let at = workshop!("screen-no-editor");
    let mut terminal = watch(&at, "screennoeditor", &failing("x"));
    terminal.shows("tests fail");
    terminal.press("o");
    terminal.shows("VISUAL or EDITOR");
    terminal.press("q");
    assert_eq!(terminal.end().0, 1);
}

#[test]
fn an_exercise_that_is_deleted_while_it_is_shown_is_an_error_on_the_screen() {
    let at = workshop!("screen-deleted");
    let mut terminal = watch(&at, "screendeleted", PASSING);
    terminal.shows("✓ solved");
    std::fs::remove_dir_all(at.path("exercises/01_screendeleted/01_x")).unwrap();
    terminal.shows("can't be verified");
    // The rest of the course is still there.
    terminal.press("l");
    terminal.shows("02_y");
    terminal.press("q");
    assert_eq!(terminal.end().0, 1);
}

#[test]
fn the_last_exercise_ends_the_watch_with_a_word_that_stays() {
    let at = workshop!("screen-finished");
    at.course()
        .python_exercise("01_screenfinished/01_x", PASSING);
    let mut terminal = at.wr(["watch", "1/1"]).on_terminal();
    terminal.shows("n next");
    terminal.press("n");
    let (status, printed) = terminal.end();
    assert_eq!(status, 0);
    let (_, after) = printed.rsplit_once("\u{1b}[?1049l").unwrap();
    assert!(after.contains("finished the course"), "{after:?}");
}

#[test]
fn without_colours_the_marks_carry_the_meaning() {
    let at = workshop!("screen-colours");
    at.course()
        .python_exercise("01_screencolours/01_x", &failing("x"));
    for (args, variable, is_coloured) in [
        (&["watch", "1/1"][..], "", true),
        (&["watch", "1/1"], "1", false),
        (&["--color", "never", "watch", "1/1"], "", false),
    ] {
        let mut terminal = at.wr(args).env("NO_COLOR", variable).on_terminal();
        terminal.shows("✗ tests fail");
        terminal.press("q");
        let (_, printed) = terminal.end();
        assert_eq!(printed.contains("\u{1b}[38;5;1"), is_coloured, "{args:?}");
    }
}

#[test]
fn plain_lines_are_kept_for_those_who_want_them() {
    let at = workshop!("screen-plain");
    at.course().python_exercise("01_screenplain/01_x", PASSING);
    for (args, term) in [
        (&["watch", "--plain", "1/1"][..], "xterm"),
        (&["watch", "1/1"], "dumb"),
    ] {
        let mut terminal = at.wr(args).on_terminal_called(term);
        terminal.expect("Save a file").expect("q quit");
        terminal.press("q");
        let (status, printed) = terminal.end();
        assert_eq!(status, 0);
        assert!(!printed.contains("\u{1b}[?1049h"), "{printed:?}");
    }
}
