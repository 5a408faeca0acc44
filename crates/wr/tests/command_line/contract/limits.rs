//! Time limits, and the end of everything that a run has started.

use std::time::Duration;

use testkit::workshop;

/// A program that starts a child in a separate session, ignores termination signals, and never ends.
const STUBBORN: &str = "\
import signal, subprocess, sys, time
for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(each, signal.SIG_IGN)
sleep = [sys.executable, '-c', 'import time; time.sleep(600)']
subprocess.Popen(sleep, start_new_session=True)
subprocess.Popen(sleep)
open('runs', 'w').close()
print('here I stay', flush=True)
time.sleep(600)
";

#[test]
fn the_limit_of_an_exercise_ends_everything_it_started() {
    let at = workshop!("limit-of-exercise");
    at.course()
        .command_exercise("01_a/01_x", &[&["python3", "stubborn.py"]]);
    at.write("exercises/01_a/01_x/stubborn.py", STUBBORN);
    let file = "exercises/01_a/01_x/.wr.toml";
    at.write(file, format!("time_limit = 2\n{}", at.read(file)));
    // Every run checks that nothing is left.
    let outcome = at.wr(["check", "01_x"]).run();
    outcome
        .status(1)
        .says("timed out after 2 s")
        .says("here I stay");
    assert!(
        at.path("exercises/01_a/01_x/runs").exists(),
        "it ran at all"
    );
    assert!(
        outcome.elapsed < Duration::from_secs(20),
        "{}",
        outcome.account()
    );
}

#[test]
fn limits_of_the_course_and_the_command_line() {
    let at = workshop!("limit-of-course");
    at.course()
        .command_exercise("01_a/01_x", &[&["sleep", "600"]]);
    at.write(".wr.toml", "time_limit = 0.5\n");
    at.wr(["check", "01_x"])
        .run()
        .status(1)
        .says("timed out after 0.5 s");
    at.write(".wr.toml", "");
    let outcome = at.wr(["check", "01_x", "--time-limit", "0.25"]).run();
    outcome.status(1).says("timed out after 0.25 s");
}

#[test]
fn processes_left_by_a_successful_command_are_killed_too() {
    let at = workshop!("limit-left-behind");
    let leave = "import subprocess; subprocess.Popen(['sleep', '600'], start_new_session=True)";
    at.course()
        .command_exercise("01_a/01_x", &[&["python3", "-c", leave]]);
    at.wr(["check", "01_x"]).run().status(0);
}
