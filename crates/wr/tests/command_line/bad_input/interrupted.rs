//! Ctrl-C and similar signals, at any moment: status 130, progress unchanged, and nothing left behind.

use std::path::Path;
use std::time::Duration;

use rustix::process::Signal;
use testkit::{Extension, Workshop, workshop};

use crate::states::{existing_tool, rows};

/// Starts `wr check` on the exercise, waits until it's in the middle of it, and interrupts it.
#[track_caller]
fn interrupt(at: &Workshop, id: &str, busy: &Path) {
    let (chapter, name) = id.split_once('/').unwrap();
    drop(existing_tool(at, &[(chapter, name, true)]));
    let mut running = at.wr(["check", id]).start();
    running.wait_for(busy);
    running.interrupt();
    let outcome = running.wait();
    outcome.status(130).complains("interrupted");
    assert!(
        outcome.elapsed < Duration::from_secs(100),
        "{}",
        outcome.account()
    );
    assert_eq!(rows(at), [(id.to_owned(), 1)]);
}

/// Signals that it's running, and stays, ignoring termination signals.
const STAYS: &str = "\
import pathlib, signal, time
for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(each, signal.SIG_IGN)
pathlib.Path('busy').touch()
time.sleep(600)
";

#[test]
fn during_a_build() {
    let at = workshop!("interrupt-build");
    at.course().rust_exercise("01_a/01_x");
    let dir = "exercises/01_a/01_x";
    at.write(
        format!("{dir}/build.rs"),
        "fn main() {\n    std::fs::write(\"busy\", \"\").unwrap();\n    std::thread::sleep(std::time::Duration::from_secs(600));\n}\n",
    );
    interrupt(&at, "01_a/01_x", &at.path(dir).join("busy"));
    // Cargo's lock and files are intact.
    at.remove(format!("{dir}/build.rs"));
    at.wr(["check", "01_x"]).run().status(0);
}

#[test]
fn during_rust_tests() {
    let at = workshop!("interrupt-rust-tests");
    at.course().rust_exercise_with(
        "01_a/01_x",
        "std::fs::write(\"busy\", \"\").unwrap(); loop { std::thread::park() }",
        "2",
    );
    interrupt(&at, "01_a/01_x", &at.path("exercises/01_a/01_x/busy"));
}

#[test]
fn during_python_tests() {
    let at = workshop!("interrupt-python-tests");
    let body = STAYS.replace('\n', "\n    ");
    at.course()
        .python_exercise("01_int/01_python", &format!("def test_a():\n    {body}\n"));
    interrupt(
        &at,
        "01_int/01_python",
        &at.path("exercises/01_int/01_python/busy"),
    );
}

#[test]
fn during_the_tests_of_an_extension() {
    let at = workshop!("interrupt-extension");
    let extension = Extension::named_after(&at)
        .answering("{ std::fs::write(\"busy\", \"\").unwrap(); loop { std::hint::spin_loop() } }");
    at.course();
    extension.put_into(&at);
    interrupt(&at, &extension.id, &at.path(extension.dir()).join("busy"));
}

#[test]
fn during_a_command() {
    let at = workshop!("interrupt-command");
    at.course().command_exercise(
        "01_a/01_x",
        &[&["python3", "-c", STAYS], &["touch", "next"]],
    );
    interrupt(&at, "01_a/01_x", &at.path("exercises/01_a/01_x/busy"));
    assert!(!at.path("exercises/01_a/01_x/next").exists());
}

#[test]
fn during_the_setup() {
    let at = workshop!("interrupt-set-up");
    at.course()
        .python_exercise("01_a/01_x", "def test_a():\n    pass\n");
    let busy = at.path("busy");
    let bin = at.script(
        "bin",
        "uv",
        &format!("touch '{}'\nsleep 600", busy.display()),
    );
    let mut running = at
        .wr(["check", "01_x"])
        .own_state()
        .path_first(&bin)
        .start();
    running.wait_for(&busy);
    running.interrupt();
    running.wait().status(130);
    assert!(rows(&at).is_empty());
}

#[test]
fn between_exercises_nothing_more_is_started() {
    let at = workshop!("interrupt-many");
    at.course()
        .command_exercise("01_a/01_x", &[&["true"]])
        .command_exercise("01_a/02_y", &[&["python3", "-c", STAYS]])
        .command_exercise("01_a/03_z", &[&["touch", "was-run"]]);
    let open = [
        ("01_a", "01_x", false),
        ("01_a", "02_y", false),
        ("01_a", "03_z", false),
    ];
    drop(existing_tool(&at, &open));
    let mut running = at.wr(["--keep-going"]).start();
    running.wait_for(&at.path("exercises/01_a/02_y/busy"));
    running.interrupt();
    running.wait().status(130);
    assert!(!at.path("exercises/01_a/03_z/was-run").exists());
    // Exercises verified before stay verified.
    let expect = [("01_a/01_x", 1), ("01_a/02_y", 0), ("01_a/03_z", 0)];
    assert_eq!(
        rows(&at),
        expect.map(|(name, solved)| (name.to_owned(), solved))
    );
}

/// A command that keeps running, started and in the middle of its work.
fn staying(at: &Workshop) -> testkit::Running {
    at.course()
        .command_exercise("01_a/01_x", &[&["python3", "-c", STAYS]]);
    let mut running = at.wr(["check", "01_x"]).start();
    running.wait_for(&at.path("exercises/01_a/01_x/busy"));
    running
}

#[test]
fn sigterm_works_like_ctrl_c() {
    let at = workshop!("interrupt-term");
    let running = staying(&at);
    running.signal(Signal::TERM);
    running.wait().status(130);
}

#[test]
fn a_second_ctrl_c_ends_at_once() {
    let at = workshop!("interrupt-twice");
    let running = staying(&at);
    running.interrupt();
    running.interrupt();
    running.wait().status(130);
}

#[test]
fn a_run_ends_even_if_wr_is_killed() {
    let at = workshop!("interrupt-kill");
    let running = staying(&at);
    running.signal(Signal::KILL);
    // This checks that nothing outlives it.
    running.wait();
}

#[test]
fn on_a_terminal() {
    let at = workshop!("interrupt-terminal");
    at.course()
        .command_exercise("01_a/01_x", &[&["python3", "-c", STAYS]]);
    let mut terminal = at.wr(["check", "01_x", "--verbose"]).on_terminal();
    terminal.expect("running `python3");
    while !at.path("exercises/01_a/01_x/busy").exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    terminal.press("\u{3}");
    let (status, screen) = terminal.end();
    assert_eq!(status, 130, "{screen}");
    assert!(screen.contains("interrupted"), "{screen}");
}

#[test]
fn json_reports_the_interrupt() {
    let at = workshop!("interrupt-json");
    at.course()
        .command_exercise("01_a/01_x", &[&["python3", "-c", STAYS]]);
    let mut running = at.wr(["check", "01_x", "--format", "json"]).start();
    running.wait_for(&at.path("exercises/01_a/01_x/busy"));
    running.interrupt();
    assert_eq!(running.wait().status(130).json()["error"]["status"], 130);
}
