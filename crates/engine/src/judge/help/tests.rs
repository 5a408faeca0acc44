//! Each mistake, and a similar failure that isn't it. The reports are pytest's and PyO3's own, from real runs.

use anatomy::project::{Dependencies, Texts};
use diagnostic::SourceLocation;

use super::*;
use crate::judge::Project;
use crate::test::{ActiveFrame, Failure, Load, Suite};

fn project(dependencies: &str, source: &str) -> Project {
    let manifest =
        format!("[package]\nname = \"x\"\n[dependencies]\npyo3 = \"0.30\"\n{dependencies}\n");
    Project {
        package: None,
        dependencies: Dependencies::read(&Texts::from([("Cargo.toml".to_owned(), manifest)])),
        sources: Texts::from([("src/lib.rs".to_owned(), source.to_owned())]),
    }
}

fn failed(failure: Failure, account: &str) -> FailedTest {
    FailedTest {
        id: "tests/test_x.py::test_a".to_owned(),
        causes: Vec::new(),
        failure,
        text: account.to_owned(),
        printed: String::new(),
    }
}

fn raised(text: &str) -> Failure {
    Failure::Raised {
        text: text.to_owned(),
        place: None,
    }
}

fn assertion(text: &str) -> Failure {
    Failure::Assertion {
        text: text.to_owned(),
        place: None,
    }
}

fn help(project: &Project, failure: Failure, account: &str) -> Option<String> {
    let context = Context {
        extension: Some("pkg.shop"),
        project,
    };
    of(&failed(failure, account), context)
}

#[track_caller]
fn check(project: &Project, failure: Failure, account: &str, expect: Option<&str>) {
    let found = help(project, failure, account);
    match expect {
        Some(part) => assert!(
            found.as_deref().unwrap_or_default().contains(part),
            "{found:?}"
        ),
        None => assert_eq!(found, None),
    }
}

#[test]
fn a_left_out_option_needs_a_signature() {
    let source = "#[pyfunction]\nfn hello(py: Python<'_>, name: &str, greeting: Option<&str>) {}\n\
                  #[pyfunction]\nfn plain(name: &str, n: u32) {}\n\
                  #[pyfunction]\n#[pyo3(signature = (name, n))]\nfn signed(name: &str, n: Option<u32>) {}\n";
    let project = project("", source);
    let missing = |function: &str, names: &str| {
        raised(&format!(
            "TypeError: {function}() missing 1 required positional argument: {names}"
        ))
    };
    check(
        &project,
        missing("hello", "'greeting'"),
        "",
        Some("`#[pyo3(signature = (name, greeting=None))]` above `fn hello`"),
    );
    // One that is really required, one that its author made required, and one from outside the crate.
    check(&project, missing("hello", "'name'"), "", None);
    check(&project, missing("plain", "'n'"), "", None);
    check(&project, missing("signed", "'n'"), "", None);
    check(&project, missing("other", "'n'"), "", None);
}

#[test]
fn bytes_expected_as_a_list_are_explained() {
    let project = project("", "");
    let expected = Some("a `Vec<u8>` to `bytes`");
    let both = r"AssertionError: assert b'\n\x14a' == [10, 20, 97]";
    check(&project, assertion(both), "", expected);
    check(&project, assertion(r#"assert [39] == b"'""#), "", expected);
    check(&project, assertion(r"assert b'\n' == [11]"), "", None);
    check(&project, assertion("assert b'a' == 'a'"), "", None);
    check(&project, assertion("assert [1] == [2]"), "", None);
}

#[test]
fn changing_a_copied_field_has_no_effect() {
    let source = "#[pyclass]\nstruct Basket {\n    #[pyo3(get, set)]\n    fruits: Vec<String>,\n    #[pyo3(get)]\n    list: Py<PyList>,\n    hidden: Vec<u8>,\n}\n";
    let project = project("", source);
    let account = |field: &str| {
        format!(
            "def test_append():\n    b = Basket()\n    b.{field}.append(\"pear\")\n>   assert b.{field} == [\"pear\"]\nE   AssertionError: assert [] == ['pear']\n"
        )
    };
    let failure = || assertion("AssertionError: assert [] == ['pear']");
    check(
        &project,
        failure(),
        &account("fruits"),
        Some("`b.fruits` is a new copy of the `Vec<String>`"),
    );
    // A Python object is the same each time, and a field without `get` isn't a copy from Rust.
    check(&project, failure(), &account("list"), None);
    check(&project, failure(), &account("hidden"), None);
    let unrelated = "    b.fruits.append(\"pear\")\n>   assert total == 1\n";
    check(&project, assertion("assert 0 == 1"), unrelated, None);
}

#[test]
fn rust_output_bypasses_sys_stdout() {
    let printing = project(
        "",
        "#[pyfunction]\nfn say(word: &str) { println!(\"{word}\"); }\n",
    );
    let silent = project("", "#[pyfunction]\nfn say(word: &str) { // println!\n }\n");
    let account = "def test_say(capsys):\n>   assert capsys.readouterr().out == \"hi\\n\"\nE   AssertionError: assert '' == 'hi\\n'\n";
    let failure = |text: &str| assertion(&format!("AssertionError: {text}"));
    check(
        &printing,
        failure("assert '' == 'hi\\n'"),
        account,
        Some("`capfd`"),
    );
    check(&silent, failure("assert '' == 'hi\\n'"), account, None);
    // There is output, but it's different.
    check(
        &printing,
        failure("assert 'ho\\n' == 'hi\\n'"),
        account,
        None,
    );
    check(
        &printing,
        failure("assert '' == 'hi\\n'"),
        "def test_say(capfd):\n",
        None,
    );
}

#[test]
fn pickle_finds_a_class_by_its_module() {
    let project = project("", "#[pyclass]\nstruct Point { x: i64 }\n");
    let by_name = "PicklingError: Can't pickle <class 'builtins.Point'>: attribute lookup Point on builtins failed";
    check(
        &project,
        raised(by_name),
        "",
        Some("`#[pyclass(module = \"pkg.shop\")]`"),
    );
    check(
        &project,
        raised("TypeError: cannot pickle 'builtins.Point' object"),
        "",
        Some("give `Point` a `__reduce__`"),
    );
    // Unrelated classes.
    check(
        &project,
        raised("TypeError: cannot pickle '_thread.lock' object"),
        "",
        None,
    );
    check(
        &project,
        raised(
            "PicklingError: Can't pickle <class 'other.Point'>: import of module 'other' failed",
        ),
        "",
        None,
    );
}

#[test]
fn an_awaitable_needs_a_running_loop() {
    let runtime = project(
        "",
        "fn nap(py: Python<'_>) { pyo3_async_runtimes::tokio::future_into_py(py, async {}) }",
    );
    let plain = project("", "fn nap() {}");
    let failure = || raised("RuntimeError: no running event loop");
    let account = ">       assert asyncio.run(shop.nap(5)) == 5\nE       RuntimeError: no running event loop\n";
    check(
        &runtime,
        failure(),
        account,
        Some("`async def main(): return await shop."),
    );
    check(
        &runtime,
        failure(),
        ">       shop.nap(5)\n",
        Some("inside an `async def`"),
    );
    let spawned = project(
        "",
        "fn all(py: Python<'_>) { let page = into_future(page); set.spawn(page); future_into_py(py, async {}) }",
    );
    check(&spawned, failure(), account, Some("`scope(locals, …)`"));
    // Python's own call of `asyncio.get_running_loop`.
    check(&plain, failure(), account, None);
}

#[test]
fn an_array_of_another_type_names_both_types() {
    let numpy = project("numpy = \"0.30\"", "");
    let text = "TypeError: type mismatch:\n from=int64, to=float64\nwhile processing 'x'";
    check(
        &numpy,
        raised(text),
        "",
        Some("holds `int64`, but `x` takes only `float64`"),
    );
    let shape = "TypeError: dimensionality mismatch:\n from=2, to=1\nwhile processing 'x'";
    check(
        &numpy,
        raised(shape),
        "",
        Some("has 2 dimensions, but `x` takes 1"),
    );
    check(&project("", ""), raised(text), "", None);
    check(&numpy, raised("TypeError: type mismatch"), "", None);
}

#[test]
fn a_rust_test_starts_the_interpreter_itself() {
    let text = "assertion `left != right` failed: The Python interpreter is not initialized and the `auto-initialize` feature is not enabled.";
    check(
        &project("", ""),
        assertion(text),
        "",
        Some("begin the test with `Python::initialize();`"),
    );
    check(
        &project("", ""),
        assertion("assertion `left == right` failed"),
        "",
        None,
    );
}

#[test]
fn nan_passes_every_comparison() {
    let in_vain = |value: &str| Failure::NothingRaised {
        expected: "a `ValueError`".to_owned(),
        values: vec![("bad".to_owned(), value.to_owned())],
        place: None,
    };
    check(&project("", ""), in_vain("nan"), "", Some("`bad` is NaN"));
    check(&project("", ""), in_vain("-1.0"), "", None);
    check(&project("", ""), in_vain("'nan'"), "", None);
}

/// A suite that timed out in a line of Python.
fn hung(line: &str, before: &str, trace: &str, main: f64) -> Suite {
    Suite {
        load: Some(Load { main, all: main }),
        active_frame: vec![ActiveFrame {
            place: SourceLocation::line("tests/test_x.py", 45),
            line: line.to_owned(),
            before: before.to_owned(),
        }],
        trace: trace.to_owned(),
        ..Suite::unusable("")
    }
}

#[track_caller]
fn check_hang(project: &Project, suite: &Suite, expect: Option<&str>) {
    let context = Context {
        extension: Some("shop"),
        project,
    };
    let found = of_a_hang(suite, context).map(|hang| hang.hint);
    match expect {
        Some(part) => assert!(
            found.as_deref().unwrap_or_default().contains(part),
            "{found:?}"
        ),
        None => assert_eq!(found, None),
    }
}

#[test]
fn a_busy_loop_is_named_with_its_line_and_whether_it_is_attached() {
    let attached = project(
        "",
        "#[pyfunction]\nfn count() -> u64 {\n    loop { n += 1; }\n}\n",
    );
    let detached = project(
        "",
        "#[pyfunction]\nfn count(py: Python<'_>) -> u64 {\n    py.detach(|| loop { n += 1; })\n}\n",
    );
    let line = "assert shop.count() > 0";
    check_hang(
        &attached,
        &hung(line, line, "", 1.0),
        Some(
            "tests/test_x.py:45 computes while attached, so no other Python thread gets a turn: wrap the work in `py.detach(|| …)`",
        ),
    );
    check_hang(
        &detached,
        &hung(line, line, "", 1.0),
        Some("the loop at src/lib.rs:3"),
    );
    // A loop that waits for Ctrl-C but never checks for signals.
    let test = "def test_c():\n    Timer(1, os.kill, (os.getpid(), signal.SIGINT)).start()\n    shop.count()";
    check_hang(
        &attached,
        &hung(line, test, "", 1.0),
        Some("call `py.check_signals()?` in the loop at src/lib.rs:3"),
    );
    check_hang(
        &detached,
        &hung(line, test, "", 1.0),
        Some("`Python::attach(|py| py.check_signals())?`"),
    );
    // No function of the crate is called.
    check_hang(
        &attached,
        &hung("while True: pass", "", "", 1.0),
        Some("look for an endless loop"),
    );
    // It may just as well be the loop in Python that never ends.
    let looped = "def test_c():\n    while xs.count(1):\n        pass";
    check_hang(
        &attached,
        &hung("while xs.count(1):", looped, "", 1.0),
        Some("look at the `while` loop around that line"),
    );
    // It waits, but it isn't known for what.
    check_hang(
        &attached,
        &hung(line, line, "", 0.0),
        Some("it's waiting, not computing"),
    );
    let unknown = Suite {
        load: None,
        ..hung(line, line, "", 1.0)
    };
    check_hang(&attached, &unknown, None);
}

#[test]
fn waiting_while_attached_is_distinguished_from_other_waiting() {
    let waits =
        "#[pyfunction]\nfn each() { let h = std::thread::spawn(work); h.join().unwrap(); }\n";
    let apart = "#[pyfunction]\nfn each(py: Python<'_>) { py.detach(|| { let h = std::thread::spawn(work); h.join().unwrap(); }) }\n";
    let locks = "#[pyfunction]\nfn each() { let one = M.lock(); let two = M.lock(); }\n";
    let suite = hung("shop.each()", "shop.each()", "", 0.0);
    check_hang(
        &project("", waits),
        &suite,
        Some("wrap the work in `py.detach(|| …)`"),
    );
    let unknown = Some("it's waiting, not computing");
    check_hang(&project("", apart), &suite, unknown);
    check_hang(&project("", locks), &suite, unknown);
    let logs = "#[pyfunction]\nfn each() { let h = std::thread::spawn(|| log::info!(\"x\")); h.join().unwrap(); }\n";
    check_hang(
        &project("pyo3-log = \"0.13\"", logs),
        &suite,
        Some("`pyo3-log`"),
    );
}

#[test]
fn a_pool_does_not_outlive_a_fork() {
    let source = "#[pyfunction]\nfn total(py: Python<'_>) { py.detach(|| v.par_iter().sum()) }\n";
    let trace = "  File \"multiprocessing/connection.py\", line 395 in _recv";
    let test = "def test_w():\n    with multiprocessing.get_context(\"fork\").Pool(2) as pool:\n        pool.map(work, range(2))";
    let suite = hung("pool.map(work, range(2))", test, trace, 0.0);
    check_hang(
        &project("rayon = \"1\"", source),
        &suite,
        Some("`multiprocessing.get_context(\"spawn\")`"),
    );
    check_hang(&project("", source), &suite, Some("it's waiting"));
    let spawned = hung(
        "pool.map(work, range(2))",
        &test.replace("fork", "spawn"),
        trace,
        0.0,
    );
    check_hang(
        &project("rayon = \"1\"", source),
        &spawned,
        Some("it's waiting"),
    );
}
