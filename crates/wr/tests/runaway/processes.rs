//! Processes that a test leaves behind, and processes above it that it kills.

use testkit::workshop;

use crate::check;

/// A process without a parent, in its own session; `END` stands for what it does.
const DAEMON: &str = "import os\nimport time\n\n\ndef test_a():\n    if os.fork() == 0:\n        os.setsid()\n        \
                      if os.fork() == 0:\n            END\n        os._exit(0)\n    os.wait()\n";

#[test]
fn a_daemon_is_killed_with_the_run() {
    let at = workshop!("away-daemon");
    check(&at, "", &DAEMON.replace("END", "time.sleep(100)")).is("solved", "");
}

#[test]
fn a_daemon_without_its_environment_is_killed_too() {
    let at = workshop!("away-daemon-bare");
    let bare = DAEMON.replace("END", "os.execve('/bin/sleep', ['HERE', '100'], {})");
    check(&at, "", &bare).is("solved", "");
}

#[test]
fn a_child_that_outlives_its_test_is_killed() {
    let at = workshop!("away-child");
    let tests = "import subprocess\n\n\ndef test_a():\n    subprocess.Popen(['sleep', '100'])\n";
    check(&at, "", tests).is("solved", "");
}

#[test]
fn a_thread_that_nobody_waits_for_is_killed() {
    let at = workshop!("away-thread");
    let tests = "import threading\nimport time\n\n\ndef test_a():\n    threading.Thread(target=time.sleep, args=(100,), daemon=True).start()\n";
    check(&at, "", tests).is("solved", "");
}

#[test]
fn killing_the_parent_is_not_a_success() {
    let at = workshop!("away-parent");
    let tests = "import os\nimport time\n\n\ndef test_a():\n    os.kill(os.getppid(), 9)\n    time.sleep(0.2)\n";
    check(&at, "time_limit = 5\n", tests).is("crashed", "fatal-signal");
}

#[test]
fn killing_the_supervisor_is_not_a_success() {
    let at = workshop!("away-watcher");
    let tests = "import os\nimport re\nimport time\n\n\ndef test_a():\n    \
                 status = open(f'/proc/{os.getppid()}/status').read()\n    \
                 os.kill(int(re.search(r'PPid:\\s+(\\d+)', status)[1]), 9)\n    time.sleep(0.2)\n";
    check(&at, "time_limit = 5\n", tests).is("crashed", "fatal-signal");
}
