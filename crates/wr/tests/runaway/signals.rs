//! Signals that are ignored, or meant for others.

use testkit::workshop;

use crate::check;

#[test]
fn a_test_that_ignores_every_signal_it_can_is_killed() {
    let at = workshop!("away-deaf");
    let tests = "import signal\nimport time\n\nfor one in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):\n    \
                 signal.signal(one, lambda *_: None)\n\n\ndef test_a():\n    while True:\n        time.sleep(0.05)\n";
    check(&at, "time_limit = 1\n", tests)
        .is("timed_out", "timed-out")
        .within(9..=10);
}

#[test]
fn a_signal_to_the_whole_group_reaches_only_the_run() {
    let at = workshop!("away-group");
    let tests = "import os\nimport signal\n\n\ndef test_a():\n    os.killpg(0, signal.SIGKILL)\n";
    let found = check(&at, "time_limit = 5\n", tests);
    found.is("crashed", "fatal-signal");
}

#[test]
fn a_run_that_stops_itself_is_killed() {
    let at = workshop!("away-stopped");
    let tests =
        "import os\nimport signal\n\n\ndef test_a():\n    os.kill(os.getpid(), signal.SIGSTOP)\n";
    check(&at, "time_limit = 1\n", tests).is("timed_out", "timed-out");
}
