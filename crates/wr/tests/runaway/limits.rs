//! Too much time, output, memory or too many processes.

use testkit::{Workshop, workshop};

use crate::{check, id};

/// Sends what tests print to the same place as pytest's own output.
fn uncaptured(at: &Workshop) {
    let file = format!("exercises/{}/pytest.ini", id(at));
    at.write(file, "[pytest]\naddopts = -s\n");
}

#[test]
fn endless_output_is_truncated_and_stopped() {
    let at = workshop!("away-output");
    uncaptured(&at);
    let tests = "def test_a():\n    while True:\n        print('x' * 500)\n";
    let found = check(&at, "time_limit = 1.5\n", tests);
    found.is("timed_out", "timed-out").within(2..=3);
    let length = found.whole.to_string().len();
    assert!(length < 4 << 20, "the verdict has {length} bytes");
}

#[test]
fn an_endless_line_is_not_kept() {
    let at = workshop!("away-line");
    uncaptured(&at);
    let tests =
        "import os\n\n\ndef test_a():\n    while True:\n        os.write(1, b'x' * 65536)\n";
    let found = check(&at, "time_limit = 1.5\n", tests);
    found.is("timed_out", "timed-out").within(5..=6);
    let length = found.whole.to_string().len();
    assert!(length < 4 << 20, "the verdict has {length} bytes");
}

#[test]
fn the_memory_of_a_child_counts() {
    let at = workshop!("away-memory");
    let tests = "import subprocess\nimport sys\n\nEAT = 'a = []\\nwhile True: a.append(bytearray(1 << 20))'\n\n\n\
                 def test_a():\n    subprocess.run([sys.executable, '-c', EAT])\n";
    let found = check(&at, "memory_limit = \"200MiB\"\ntime_limit = 20\n", tests);
    found.is("timed_out", "limit-exceeded");
}

#[test]
fn endless_processes_are_killed_even_without_a_configured_limit() {
    let at = workshop!("away-processes-default");
    let tests = "import os\nimport time\n\n\ndef test_a():\n    for _ in range(3000):\n        \
                 if os.fork() == 0:\n            time.sleep(100)\n            os._exit(0)\n        \
                 time.sleep(0.001)\n";
    check(&at, "time_limit = 60\n", tests).is("timed_out", "limit-exceeded");
}

#[test]
fn the_author_can_set_a_process_limit() {
    let at = workshop!("away-processes");
    let tests = "import subprocess\n\n\ndef test_a():\n    \
                 started = [subprocess.Popen(['sleep', '1']) for _ in range(20)]\n    \
                 for one in started:\n        one.wait()\n";
    check(&at, "process_limit = 10\ntime_limit = 20\n", tests).is("timed_out", "limit-exceeded");
    let at = workshop!("away-processes-enough");
    check(&at, "process_limit = 40\ntime_limit = 20\n", tests).is("solved", "");
}

#[test]
fn processes_that_start_processes_are_all_killed() {
    let at = workshop!("away-bomb");
    let tests = "import os\nimport time\n\n\ndef split(depth):\n    for _ in range(2 if depth else 0):\n        \
                 if os.fork() == 0:\n            os.setsid()\n            split(depth - 1)\n            \
                 os._exit(0)\n    time.sleep(100)\n\n\n\
                 def test_a():\n    split(6)\n";
    let found = check(&at, "time_limit = 3\n", tests);
    found.is("timed_out", "timed-out");
    let at = workshop!("away-bomb-passes");
    // The same, but the test itself continues and passes.
    let passes = tests.replace(
        "    split(6)",
        "    if os.fork() == 0:\n        split(6)\n    time.sleep(0.5)",
    );
    check(&at, "time_limit = 10\n", &passes).is("solved", "");
}

#[test]
fn endless_recursion_in_native_code_is_a_crash() {
    let at = workshop!("away-stack");
    let tests = "import ctypes\nimport sys\n\n\n@ctypes.CFUNCTYPE(None)\ndef again():\n    again()\n\n\n\
                 def test_a():\n    sys.setrecursionlimit(10**8)\n    again()\n";
    check(&at, "time_limit = 30\n", tests)
        .is("crashed", "fatal-signal")
        .within(7..=12);
}

#[test]
fn a_lock_that_is_never_released_is_found() {
    let at = workshop!("away-deadlock");
    let tests = "import threading\n\n\ndef test_a():\n    lock = threading.Lock()\n    lock.acquire()\n    lock.acquire()\n";
    check(&at, "time_limit = 1\n", tests)
        .is("timed_out", "timed-out")
        .within(7..=7);
}

#[test]
fn endless_captured_output_is_stopped() {
    let at = workshop!("away-captured");
    let tests =
        "import os\n\n\ndef test_a():\n    while True:\n        os.write(1, b'x' * 1000000)\n";
    let found = check(&at, "time_limit = 50\n", tests);
    found.is("timed_out", "limit-exceeded");
    let message = found.whole["diagnostics"][0]["message"].to_string();
    assert!(message.contains("256 MiB output"), "{message}");
}

#[test]
fn an_endlessly_growing_file_is_bounded() {
    let at = workshop!("away-file");
    let tests = "import pytest\n\n\ndef test_a(tmp_path):\n    with open(tmp_path / 'x', 'wb', buffering=0) as file:\n        \
                 for _ in range(100):\n            file.write(b'x' * 1000000)\n";
    let found = check(&at, "file_limit = '10MiB'\n", tests);
    found.is("tests_fail", "test-error");
    let whole = found.whole.to_string();
    assert!(whole.contains("File too large"), "{whole}");
}
