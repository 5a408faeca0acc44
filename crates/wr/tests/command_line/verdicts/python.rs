//! Pure Python exercises.

use testkit::workshop;

use super::check;

#[test]
fn solved() {
    let at = workshop!("python-solved");
    at.course()
        .python_exercise("01_py/01_solved", "def test_a():\n    assert 1 + 1 == 2\n");
    check(&at, "01_solved").is("solved", "", "");
}

#[test]
fn a_failed_assertion_names_the_line_and_the_values() {
    let at = workshop!("python-tests-fail");
    let tests = "def two():\n    return 3\n\n\ndef test_a():\n    assert two() == 2\n";
    at.course().python_exercise("01_py/02_fails", tests);
    check(&at, "02_fails")
        .is("tests_fail", "test-failed", "test_it.py:6")
        .mentions("assert 3 == 2")
        .mentions("where 3 = two()");
}

#[test]
fn an_exception_names_the_line_that_raised_it() {
    let at = workshop!("python-raises");
    let tests = "def two():\n    return {}['two']\n\n\ndef test_a():\n    assert two() == 2\n";
    at.course().python_exercise("01_py/03_raises", tests);
    check(&at, "03_raises")
        .is("tests_fail", "test-error", "test_it.py:2")
        .mentions("KeyError");
}

#[test]
fn an_expected_exception_that_is_not_raised_is_a_failed_test() {
    let at = workshop!("python-did-not-raise");
    let tests =
        "import pytest\n\n\ndef test_a():\n    with pytest.raises(ValueError):\n        int('3')\n";
    at.course().python_exercise("01_py/13_silent", tests);
    check(&at, "13_silent")
        .is("tests_fail", "test-failed", "test_it.py:5")
        .mentions("a `ValueError` was expected, but nothing was raised");
}

#[test]
fn a_loop_of_expectations_names_the_value_that_passed() {
    let at = workshop!("python-nan");
    let tests = "import pytest\n\n\ndef root(x):\n    if x < 0.0:\n        raise ValueError(x)\n\n\n\
                 def test_a():\n    for bad in (-1.0, float('nan')):\n        with pytest.raises(ValueError):\n            root(bad)\n";
    at.course().python_exercise("01_py/14_nan", tests);
    check(&at, "14_nan")
        .is("tests_fail", "test-failed", "test_it.py:11")
        .mentions("a `ValueError` was expected with `bad = nan`, but nothing was raised")
        .mentions("`bad` is NaN");
}

#[test]
fn an_exception_without_a_message_is_reported_without_a_colon() {
    let at = workshop!("python-wordless");
    let tests = "import threading\n\n\ndef test_a():\n    raise threading.BrokenBarrierError\n";
    at.course().python_exercise("01_py/14_wordless", tests);
    check(&at, "14_wordless")
        .is("tests_fail", "test-error", "test_it.py:5")
        .mentions("test_it.py::test_a raised BrokenBarrierError\"");
}

#[test]
fn work_left_in_python_is_work_left() {
    let at = workshop!("python-todo");
    let tests =
        "def two():\n    raise NotImplementedError\n\n\ndef test_a():\n    assert two() == 2\n";
    at.course().python_exercise("01_py/04_todo", tests);
    check(&at, "04_todo").is("unfinished", "unfinished", "test_it.py:2");
}

#[test]
fn a_test_with_a_failed_subtest_has_failed_and_its_line_is_in_the_test() {
    let at = workshop!("python-subtest");
    let tests = "import unittest\n\n\nclass TestNumbers(unittest.TestCase):\n    def test_each(self):\n        for number in range(3):\n            with self.subTest(number=number):\n                self.assertNotEqual(number, 1)\n";
    at.course().python_exercise("01_py/15_subtest", tests);
    check(&at, "15_subtest")
        .is("tests_fail", "test-failed", "test_it.py:8")
        .mentions("\"outcome\": \"failed\"");
}

#[test]
fn an_import_that_fails_names_the_module_and_the_line() {
    let at = workshop!("python-import");
    let tests = "import sys\n\nimport no_such_module\n\n\ndef test_a():\n    pass\n";
    at.course().python_exercise("01_py/05_import", tests);
    check(&at, "05_import")
        .is("does_not_import", "import-failed", "test_it.py:3")
        .mentions("no_such_module");
}

#[test]
fn a_syntax_error_names_its_line() {
    let at = workshop!("python-syntax");
    at.course()
        .python_exercise("01_py/06_syntax", "def test_a():\n    assert 1 ==\n");
    check(&at, "06_syntax")
        .is("tests_fail", "test-error", "test_it.py:2")
        .mentions("SyntaxError");
}

#[test]
fn a_file_without_tests_is_not_a_success() {
    let at = workshop!("python-no-tests");
    at.course()
        .python_exercise("01_py/07_none", "def check_a():\n    pass\n");
    check(&at, "07_none").is("tests_fail", "no-tests", "");
}

#[test]
fn only_skipped_tests_are_not_a_success() {
    let at = workshop!("python-all-skipped");
    let tests = "import pytest\n\n\n@pytest.mark.skip\ndef test_a():\n    pass\n";
    at.course().python_exercise("01_py/08_skipped", tests);
    check(&at, "08_skipped").is("tests_fail", "no-tests", "");
}

#[test]
fn a_failing_teardown_is_a_failure() {
    let at = workshop!("python-teardown");
    let tests = "import pytest\n\n\n@pytest.fixture\ndef door():\n    yield\n    assert 'closed' == 'open'\n\n\ndef test_a(door):\n    pass\n";
    at.course().python_exercise("01_py/09_teardown", tests);
    check(&at, "09_teardown").is("tests_fail", "test-failed", "test_it.py:7");
}

#[test]
fn an_expected_failure_is_not_a_failure() {
    let at = workshop!("python-xfail");
    let tests = "import pytest\n\n\n@pytest.mark.xfail\ndef test_a():\n    assert False\n\n\ndef test_b():\n    pass\n";
    at.course().python_exercise("01_py/10_xfail", tests);
    check(&at, "10_xfail").is("solved", "", "");
}

#[test]
fn a_failing_conftest_is_reported() {
    let at = workshop!("python-conftest");
    at.course()
        .python_exercise("01_py/11_conftest", "def test_a():\n    pass\n");
    at.write(
        "exercises/01_py/11_conftest/conftest.py",
        "raise RuntimeError('out of order')\n",
    );
    let gist = check(&at, "11_conftest");
    gist.mentions("out of order").mentions("conftest.py");
    assert_eq!(
        (&*gist.status, &*gist.rule),
        ("tests_fail", "pytest-refused"),
        "{gist:?}"
    );
}

#[test]
fn output_that_is_not_unicode_loses_nothing() {
    let at = workshop!("python-surrogates");
    let tests = "import os\n\n\ndef test_a():\n    assert os.fsdecode(b'caf\\xe9') == 'caf'\n\n\ndef test_b():\n    pass\n";
    at.course().python_exercise("01_py/12_surrogates", tests);
    check(&at, "12_surrogates")
        .is("tests_fail", "test-failed", "test_it.py:5")
        .mentions("assert 'caf");
}

#[test]
fn tests_find_this_program_and_a_directory_for_their_builds() {
    let at = workshop!("python-variables");
    let tests = "import json\nimport os\nimport subprocess\nfrom pathlib import Path\n\n\n\
                 def test_a():\n    wr = os.environ['WR']\n    assert subprocess.run([wr, '--version'], check=True, capture_output=True).stdout.startswith(b'wr ')\n    \
                 cache = Path(os.environ['WR_CACHE'])\n    assert cache.is_absolute() and cache.name == 'cache'\n";
    at.course().python_exercise("01_py/15_variables", tests);
    check(&at, "15_variables").is("solved", "", "");
}

#[test]
fn the_verdict_names_each_python_that_tests_recorded() {
    let at = workshop!("python-recorded");
    let tests = "import pytest\n\n\n@pytest.mark.parametrize('version', ['3.12.1', '3.13.0', '3.12.1'])\n\
                 def test_a(version, record_property):\n    record_property('python', version)\n    record_property('speed', 'high')\n";
    at.course().python_exercise("01_py/16_recorded", tests);
    at.wr(["check", "16_recorded"])
        .run()
        .status(0)
        .says("3 passed, in Python 3.12.1, 3.13.0, ");
}

#[test]
fn a_test_for_other_pythons_may_be_skipped() {
    let at = workshop!("python-newer");
    let tests = "import sys\n\nimport pytest\n\n\n@pytest.mark.skipif(sys.version_info < (3, 99), reason='needs Python 3.99')\n\
                 def test_newer():\n    pass\n\n\ndef test_a():\n    pass\n";
    let expect = |failing: &str| {
        at.course().python_exercise("01_py/17_newer", tests);
        let config = format!(
            "[expect]\nstatus = 'tests_fail'\nfailing = ['test_it.py::test_a', {failing}]\n"
        );
        at.write("exercises/01_py/17_newer/.wr.toml", &config);
        check(&at, "17_newer")
    };
    expect("{ test = 'test_it.py::test_newer', python = '>=3.99' }").is("solved", "", "");
    expect("{ test = 'test_it.py::test_newer', python = '>=3.8' }").is(
        "tests_fail",
        "no-tests",
        "",
    );
    expect("'test_it.py::test_newer'").is("tests_fail", "no-tests", "");
}
