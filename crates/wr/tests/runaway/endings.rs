//! Ways to end the process early, none of which is a success.

use testkit::workshop;

use crate::check;

#[test]
fn sys_exit_in_a_test_is_a_failed_test() {
    let at = workshop!("away-sys-exit");
    let tests = "import sys\n\n\ndef test_a():\n    sys.exit(0)\n";
    check(&at, "", tests)
        .is("tests_fail", "test-error")
        .within(5..=5);
}

#[test]
fn sys_exit_at_import_is_not_a_success() {
    let at = workshop!("away-sys-exit-import");
    check(&at, "", "import sys\n\nsys.exit(0)\n").is("tests_fail", "pytest-refused");
}

#[test]
fn a_session_that_ends_itself_is_not_a_success() {
    let at = workshop!("away-pytest-exit");
    let tests = "import pytest\n\n\ndef test_a():\n    pass\n\n\ndef test_b():\n    pytest.exit('enough', returncode=0)\n\n\n\
                 def test_c():\n    assert False\n";
    check(&at, "", tests).is("crashed", "ended-early");
}

#[test]
fn a_skipped_test_that_has_to_pass_has_not_passed() {
    let at = workshop!("away-skip");
    let tests =
        "import pytest\n\n\ndef test_a():\n    pytest.skip('done')\n\n\ndef test_b():\n    pass\n";
    check(&at, "", tests).is("solved", "");
    let has_to = "[expect]\nfailing = ['test_it.py::test_a']\n";
    check(&at, has_to, tests).is("tests_fail", "no-tests");
}

#[test]
fn a_thread_that_ends_the_process_is_not_a_success() {
    let at = workshop!("away-exit-thread");
    let tests = "import os\nimport threading\n\n\ndef test_a():\n    thread = threading.Thread(target=os._exit, args=(0,))\n    \
                 thread.start()\n    thread.join()\n";
    check(&at, "", tests).is("crashed", "ended-early");
}

#[test]
fn an_exec_of_a_successful_program_is_not_a_success() {
    let at = workshop!("away-exec");
    let tests = "import os\n\n\ndef test_a():\n    os.execv('/bin/true', ['true'])\n";
    check(&at, "", tests).is("crashed", "ended-early");
}

#[test]
fn passing_in_a_fork_of_the_run_does_not_count() {
    let at = workshop!("away-fork-reports");
    // The fork runs the rest of pytest and passes, while the run itself fails.
    let tests = "import os\nimport time\n\nFIRST = os.getpid()\n\n\ndef test_a():\n    os.fork()\n\n\n\
                 def test_b():\n    if os.getpid() == FIRST:\n        time.sleep(1)\n    assert os.getpid() != FIRST\n";
    check(&at, "time_limit = 20\n", tests)
        .is("tests_fail", "test-failed")
        .within(14..=14);
}

#[test]
fn failing_in_a_fork_of_the_run_does_not_count_either() {
    let at = workshop!("away-fork-fails");
    // Plain pytest exits with the status of the process that was started.
    let tests = "import os\nimport time\n\nFIRST = os.getpid()\n\n\ndef test_a():\n    os.fork()\n\n\n\
                 def test_b():\n    if os.getpid() == FIRST:\n        time.sleep(1)\n    assert os.getpid() == FIRST\n";
    check(&at, "time_limit = 20\n", tests).is("solved", "");
}

/// The supervisor adopts the processes that its program orphans; if the supervisor is killed, `wr` does.
#[test]
#[cfg(target_os = "linux")]
fn nothing_is_left_when_the_supervisor_is_killed() {
    let at = workshop!("away-supervisor");
    // The grandchild leaves its session and group, and then the test kills the process that watches over all of them.
    let tests = "import os\nimport subprocess\nimport time\n\n\ndef parent(pid):\n    \
                 return int(open(f'/proc/{pid}/stat').read().rpartition(')')[2].split()[1])\n\n\n\
                 def test_a():\n    subprocess.Popen(['setsid', 'sleep', '300'])\n    time.sleep(0.3)\n    \
                 os.kill(parent(os.getppid()), 9)\n    time.sleep(100)\n";
    let found = check(&at, "time_limit = 20\n", tests);
    assert_ne!(found.status, "solved");
}
