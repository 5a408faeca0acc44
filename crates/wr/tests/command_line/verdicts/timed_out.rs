//! Tests that never end, in Python and in Rust, whether or not they hold on to the interpreter.

use testkit::{Extension, Workshop, workshop};

use super::{Gist, check};

#[track_caller]
fn endless(at: &Workshop, extension: &Extension) -> Gist {
    at.course();
    extension.put_into(at);
    at.write(
        format!("{}/.wr.toml", extension.dir()),
        "time_limit = 1.5\n",
    );
    check(at, &extension.id)
}

#[test]
fn a_loop_in_python_names_its_line() {
    let at = workshop!("endless-python");
    let tests = "def spin():\n    while True:\n        pass\n\n\ndef test_a():\n    spin()\n";
    at.course().python_exercise("01_time/01_endless", tests);
    at.write("exercises/01_time/01_endless/.wr.toml", "time_limit = 1\n");
    let gist = check(&at, "01_endless");
    assert_eq!(
        (&*gist.status, &*gist.rule),
        ("timed_out", "timed-out"),
        "{gist:?}"
    );
    assert!(
        gist.place == "test_it.py:2" || gist.place == "test_it.py:3",
        "{gist:?}"
    );
    gist.mentions("test_it.py::test_a");
}

/// pytest's `faulthandler` plugin cancels the recording of the stack as soon as a test has failed.
#[test]
fn a_loop_after_a_test_that_failed_names_its_line_and_the_failure() {
    let at = workshop!("endless-after-failure");
    let tests = "def test_a():\n    assert 1 == 2\n\n\ndef spin():\n    while True:\n        pass\n\n\ndef test_b():\n    spin()\n";
    at.course()
        .python_exercise("01_time/04_after_failure", tests);
    at.write(
        "exercises/01_time/04_after_failure/.wr.toml",
        "time_limit = 1\n",
    );
    let outcome = at
        .wr(["check", "04_after_failure", "--format", "json"])
        .run();
    let verdict = outcome.status(1).verdict();
    let gist = Gist::of(&verdict);
    assert!(
        gist.place == "test_it.py:6" || gist.place == "test_it.py:7",
        "{gist:?}"
    );
    gist.mentions("in spin").mentions("assert 1 == 2");
    let codes: Vec<&str> = verdict["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["WR0359", "WR0353"], "{verdict:#}");
}

#[test]
fn a_loop_in_rust_that_holds_the_interpreter_is_killed() {
    let at = workshop!("endless-attached");
    let extension = Extension::named_after(&at).answering("loop { std::hint::spin_loop() }");
    let gist = endless(&at, &extension);
    gist.is("timed_out", "timed-out", "sample/tests/test_sample.py:5");
    if cfg!(target_os = "linux") {
        gist.mentions("sample/tests/test_sample.py:5 computes while attached")
            .mentions("wrap the work in `py.detach(|| …)`");
    }
}

#[test]
fn a_detached_loop_in_rust_is_killed() {
    let at = workshop!("endless-detached");
    let extension = Extension::named_after(&at).source(
        "#[pyo3::pymodule]\nmod MODULE {\n    use pyo3::prelude::*;\n\n    #[pyfunction]\n    fn answer(py: Python<'_>) -> u32 {\n        \
         py.detach(|| loop { std::thread::park() })\n    }\n}\n",
    );
    endless(&at, &extension).is("timed_out", "timed-out", "sample/tests/test_sample.py:5");
}

#[test]
fn a_loop_in_the_init_function_is_killed_and_names_the_import() {
    let at = workshop!("endless-init");
    let extension = Extension::named_after(&at).source(
        "#[pyo3::pymodule]\nmod MODULE {\n    use pyo3::prelude::*;\n\n    #[pyfunction]\n    fn answer() -> u32 {\n        42\n    }\n\n    \
         #[pymodule_init]\n    fn init(_module: &Bound<'_, PyModule>) -> PyResult<()> {\n        loop {\n            std::hint::spin_loop()\n        }\n    }\n}\n",
    );
    endless(&at, &extension).is("timed_out", "timed-out", "sample/tests/test_sample.py:1");
}

#[test]
fn two_threads_that_wait_for_each_other_in_rust_are_killed() {
    let at = workshop!("endless-deadlock");
    // The thread wants the interpreter, which the caller holds while it waits for the thread.
    let extension = Extension::named_after(&at).source(
        "#[pyo3::pymodule]\nmod MODULE {\n    use pyo3::prelude::*;\n\n    #[pyfunction]\n    fn answer(_py: Python<'_>) -> u32 {\n        \
         std::thread::spawn(|| Python::attach(|_| 42)).join().unwrap()\n    }\n}\n",
    );
    let gist = endless(&at, &extension);
    gist.is("timed_out", "timed-out", "sample/tests/test_sample.py:5");
    if cfg!(target_os = "linux") {
        gist.mentions("`answer` waits for other threads while it is attached");
    }
}

#[test]
fn a_loop_in_a_rust_test_is_killed() {
    let at = workshop!("endless-rust");
    at.course()
        .rust_exercise_with("01_a/01_x", "loop { std::thread::park() }", "2");
    at.write("exercises/01_a/01_x/.wr.toml", "time_limit = 1\n");
    let gist = check(&at, "01_x");
    assert_eq!(
        (&*gist.status, &*gist.rule),
        ("timed_out", "timed-out"),
        "{gist:?}"
    );
}

#[test]
fn a_thread_that_python_waits_for_at_exit_is_killed() {
    let at = workshop!("endless-at-exit");
    let tests = "import threading\n\n\ndef test_a():\n    threading.Thread(target=threading.Event().wait).start()\n";
    at.course().python_exercise("01_time/02_thread", tests);
    at.write("exercises/01_time/02_thread/.wr.toml", "time_limit = 1.5\n");
    let gist = check(&at, "02_thread");
    assert_eq!(
        (&*gist.status, &*gist.rule),
        ("timed_out", "timed-out"),
        "{gist:?}"
    );
}

#[test]
fn endless_memory_use_is_stopped_at_its_limit() {
    let at = workshop!("endless-memory");
    let tests =
        "def test_a():\n    all = []\n    while True:\n        all.append(bytearray(1 << 20))\n";
    at.course().python_exercise("01_time/03_memory", tests);
    at.write(
        "exercises/01_time/03_memory/.wr.toml",
        "memory_limit = \"256MiB\"\n",
    );
    let gist = check(&at, "03_memory");
    assert_eq!(
        (&*gist.status, &*gist.rule),
        ("timed_out", "limit-exceeded"),
        "{gist:?}"
    );
    gist.mentions("256 MiB memory");
}
