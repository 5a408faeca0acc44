//! Processes that die during their tests.

use testkit::{Extension, workshop};

use super::{check, check_extension};

#[test]
fn a_segmentation_fault_names_the_test_and_the_last_python_line() {
    let at = workshop!("crash-segfault");
    let tests = "import ctypes\n\n\ndef test_reads():\n    ctypes.string_at(0)\n";
    at.course().python_exercise("01_crash/01_segfault", tests);
    check(&at, "01_segfault")
        .is("crashed", "fatal-signal", "test_it.py:5")
        .mentions("SIGSEGV")
        .mentions("test_it.py::test_reads");
}

#[test]
fn an_abort_in_the_extension_is_a_crash() {
    let at = workshop!("crash-abort");
    let extension = Extension::named_after(&at).answering("std::process::abort()");
    check_extension(&at, &extension)
        .is("crashed", "fatal-signal", "sample/tests/test_sample.py:5")
        .mentions("SIGABRT");
}

#[test]
fn a_panic_that_cannot_unwind_is_reported_with_its_location_and_message() {
    let at = workshop!("crash-panic");
    let extension = Extension::named_after(&at).source(
        "#[pyo3::pymodule]\nmod MODULE {\n    use pyo3::prelude::*;\n\n    extern \"C\" fn compare() -> u32 {\n        \
         panic!(\"nothing to compare\")\n    }\n\n    #[pyfunction]\n    fn answer() -> u32 {\n        compare()\n    }\n}\n",
    );
    // pytest had captured the message, and died with the process.
    check_extension(&at, &extension)
        .is("crashed", "fatal-signal", "src/lib.rs:6")
        .mentions("the panic happened here: nothing to compare")
        .mentions("SIGABRT");
}

#[test]
fn endless_recursion_in_the_extension_is_a_crash() {
    let at = workshop!("crash-stack");
    let extension = Extension::named_after(&at).source(
        "#[pyo3::pymodule]\nmod MODULE {\n    use pyo3::prelude::*;\n\n    fn deeper(n: u64) -> u64 {\n        \
         if std::hint::black_box(true) { deeper(std::hint::black_box(n + 1)) + 1 } else { n }\n    }\n\n    \
         #[pyfunction]\n    fn answer() -> u64 {\n        deeper(0)\n    }\n}\n",
    );
    check_extension(&at, &extension)
        .is("crashed", "fatal-signal", "sample/tests/test_sample.py:5")
        .mentions("overflow");
}

#[test]
fn an_extension_that_ends_the_process_never_passes() {
    let at = workshop!("crash-extension-exit");
    let extension = Extension::named_after(&at).answering("std::process::exit(0)");
    let gist = check_extension(&at, &extension);
    assert_eq!(
        (&*gist.status, &*gist.rule),
        ("crashed", "ended-early"),
        "{gist:?}"
    );
}

#[test]
fn an_extension_that_asks_python_to_exit_never_passes() {
    let at = workshop!("crash-extension-system-exit");
    let extension = Extension::named_after(&at).source(
        "#[pyo3::pymodule]\nmod MODULE {\n    use pyo3::prelude::*;\n\n    #[pyfunction]\n    fn answer() -> PyResult<u32> {\n        \
         Err(pyo3::exceptions::PySystemExit::new_err(0))\n    }\n}\n",
    );
    let gist = check_extension(&at, &extension);
    assert_eq!(
        (&*gist.status, &*gist.rule),
        ("tests_fail", "test-error"),
        "{gist:?}"
    );
}

#[test]
fn a_kill_from_outside_is_reported_as_such() {
    let at = workshop!("crash-kill");
    let tests = "import os\n\n\ndef test_ends():\n    os.kill(os.getpid(), 9)\n";
    at.course().python_exercise("01_crash/02_kill", tests);
    check(&at, "02_kill")
        .is("crashed", "fatal-signal", "")
        .mentions("SIGKILL");
}

#[test]
fn a_process_that_ends_itself_never_passes() {
    let at = workshop!("crash-exit");
    for (number, ending) in ["os._exit(0)", "os._exit(5)"].iter().enumerate() {
        let id = format!("01_crash/1{number}_exit");
        at.course().python_exercise(
            &id,
            &format!("import os\n\n\ndef test_a():\n    {ending}\n"),
        );
        let gist = check(&at, &id);
        assert_eq!(
            (&*gist.status, &*gist.rule),
            ("crashed", "ended-early"),
            "{gist:?}"
        );
        gist.mentions("test_it.py::test_a");
    }
}

#[test]
fn a_process_that_ends_itself_while_tests_are_collected_never_passes() {
    let at = workshop!("crash-exit-early");
    at.course()
        .python_exercise("01_crash/20_early", "import os\n\nos._exit(0)\n");
    let gist = check(&at, "20_early");
    assert_eq!(
        (&*gist.status, &*gist.rule),
        ("crashed", "ended-early"),
        "{gist:?}"
    );
}

#[test]
fn a_process_that_ends_itself_after_its_tests_is_still_not_a_success() {
    let at = workshop!("crash-exit-late");
    let tests = "import atexit, os\n\n\ndef test_a():\n    atexit.register(os._exit, 3)\n";
    at.course().python_exercise("01_crash/21_late", tests);
    let gist = check(&at, "21_late");
    assert_eq!(
        (&*gist.status, &*gist.rule),
        ("crashed", "ended-early"),
        "{gist:?}"
    );
}

#[test]
fn the_course_continues_after_a_crash() {
    let at = workshop!("crash-then-next");
    let crash = "import ctypes\n\n\ndef test_reads():\n    ctypes.string_at(0)\n";
    at.course()
        .python_exercise("01_crash/30_dies", crash)
        .python_exercise("01_crash/31_lives", "def test_a():\n    pass\n");
    let outcome = at
        .wr(["check", "--all", "--recheck", "--format", "json"])
        .run();
    assert_eq!(
        crate::states::verdicts(&outcome.status(1).json()),
        ["01_crash/30_dies crashed", "01_crash/31_lives solved"]
    );
}
