//! One cause gives one finding, and the advice depends on what is known about the project.

use super::*;

fn panicked(line: u32, text: &str) -> Failure {
    Failure::Panicked {
        text: text.to_owned(),
        place: Some(SourceLocation::column("src/lib.rs", line, 40)),
        inside: None,
    }
}

#[test]
fn one_panicking_line_is_one_finding_whatever_index_it_names() {
    let text = |index: usize| format!("index out of bounds: the len is 1 but the index is {index}");
    let verdict = verdict_on(suite(
        &[
            ("a", panicked(3, &text(5))),
            ("b", panicked(3, &text(6))),
            ("c", panicked(9, &text(5))),
        ],
        FAILED,
    ));
    let messages: Vec<&str> = verdict
        .diagnostics
        .iter()
        .map(|one| one.message.as_str())
        .collect();
    assert_eq!(messages.len(), 2, "{messages:#?}");
    assert!(messages[0].contains("src/lib.rs:3:40") && messages[1].contains("src/lib.rs:9:40"));
    let evidence = &verdict.diagnostics[0].evidence;
    assert!(
        evidence.iter().any(
            |one| matches!(one, diagnostic::Evidence::Output { text, .. } if text == "also b")
        ),
        "{evidence:#?}"
    );
}

/// A suite about the extension `shop`.
fn of_shop(failures: &[(&str, Failure)]) -> Suite {
    Suite {
        extension: Some("shop".to_owned()),
        ..suite(failures, FAILED)
    }
}

fn lacks(module: &str) -> Failure {
    Failure::Import {
        text: format!("ModuleNotFoundError: No module named '{module}'"),
        module: Some(module.to_owned()),
        place: Some(SourceLocation::line("tests/test_it.py", 1)),
        known: crate::test::Known::default(),
    }
}

/// The verdict with this content in `pyproject.toml`.
fn with_pyproject(pyproject: &str, suite: Suite) -> Verdict {
    let texts = Texts::from([
        (
            "Cargo.toml".to_owned(),
            "[package]\nname = \"shop\"\n[profile.dev]\npanic = \"abort\"\n".to_owned(),
        ),
        ("pyproject.toml".to_owned(), pyproject.to_owned()),
    ]);
    let project = Project {
        package: None,
        dependencies: anatomy::project::Dependencies::read(&texts),
        sources: Texts::from([(
            "src/lib.rs".to_owned(),
            "#[cfg(test)]\nmod tests {\n    #[test]\n    fn empty() { attach(); }\n}\n".to_owned(),
        )]),
    };
    let evidence = Evidence::Tested {
        suites: vec![suite],
        warnings: Vec::new(),
        advice: Vec::new(),
        wants_tests: true,
    };
    let requirements = CourseRequirements {
        project: Some(&project),
        ..CourseRequirements::default()
    };
    judge("shop", evidence, requirements, Vec::new())
}

#[test]
fn a_package_that_only_tests_need_is_not_the_extensions_fault() {
    let verdict = with_pyproject("", of_shop(&[("tests/test_it.py", lacks("numpy"))]));
    assert_eq!(verdict.status, Status::TestsFail);
    let hint = verdict.diagnostics[0].hint.as_deref().unwrap();
    assert!(hint.contains("`test = [\"numpy\"]`"), "{hint}");
    // A line that exists already is not advised.
    let named = "[dependency-groups]\ntest = [\"NumPy>=2\"]\n";
    let verdict = with_pyproject(named, of_shop(&[("tests/test_it.py", lacks("numpy"))]));
    let hint = verdict.diagnostics[0].hint.as_deref().unwrap();
    assert!(hint.contains("`pip install numpy`"), "{hint}");
    // The extension itself, its package, or a misspelling of it.
    for module in ["shop", "shop.inner", "shpo"] {
        let verdict = with_pyproject("", of_shop(&[("tests/test_it.py", lacks(module))]));
        assert_eq!(verdict.status, Status::DoesNotImport, "{module}");
    }
}

#[test]
fn a_module_that_the_extension_needs_is_a_dependency_of_the_project() {
    // As the crate numpy 0.30 prints it.
    let text = "Failed to access NumPy array API capsule: PyErr { type: <class 'ModuleNotFoundError'>, value: ModuleNotFoundError(\"No module named 'numpy'\"), traceback: None }";
    let failure = Failure::Panicked {
        text: text.to_owned(),
        place: Some(SourceLocation::line("tests/test_it.py", 5)),
        inside: Some("the crate `numpy-0.30.0`".to_owned()),
    };
    let verdict = with_pyproject("", of_shop(&[("a", failure)]));
    let finding = &verdict.diagnostics[0];
    assert_eq!(finding.code, *rules::import_failed::RULE.code());
    assert_eq!(
        finding.message,
        "the extension needs `numpy` at run time, and it isn't installed"
    );
    let hint = finding.hint.as_deref().unwrap();
    assert!(
        hint.contains("`dependencies = [\"numpy\"]` under `[project]`"),
        "{hint}"
    );
    assert_eq!(verdict.status, Status::TestsFail);
}

#[test]
fn an_aborting_panic_names_the_line_of_the_manifest() {
    let mut suite = of_shop(&[]);
    suite.end = End::Died {
        exit: Exit::Signal(6),
    };
    suite.output = "thread 'main' panicked at src/lib.rs:4:31:\nindex out of bounds: the len is 0 but the index is 0\nnote: x\n".to_owned();
    let verdict = with_pyproject("", suite.clone());
    let hint = verdict.diagnostics[0].hint.as_deref().unwrap();
    assert!(
        hint.starts_with("`panic = \"abort\"` at Cargo.toml:4"),
        "{hint}"
    );
    // Without the setting, the cause is another.
    let hint = verdict_on(suite.clone()).diagnostics[0]
        .hint
        .clone()
        .unwrap();
    assert!(
        hint.contains("`extern \"C\"`") && !hint.contains("abort"),
        "{hint}"
    );
    // Nobody should edit a file of the registry.
    suite.output = suite.output.replace(
        "src/lib.rs",
        "/home/me/.cargo/registry/src/index.crates.io-1949/rayon-1.0.0/src/lib.rs",
    );
    let hint = verdict_on(suite).diagnostics[0].hint.clone().unwrap();
    assert!(!hint.contains("registry"), "{hint}");
}

#[test]
fn a_failure_in_a_dependencys_file_is_shown_at_the_test() {
    let text = "assertion `left != right` failed: The Python interpreter is not initialized and the `auto-initialize` feature is not enabled.";
    let failure = Failure::Assertion {
        text: text.to_owned(),
        place: Some(SourceLocation::column(
            "/home/me/.cargo/registry/src/index/pyo3-0.30.1/src/interpreter_lifecycle.rs",
            138,
            13,
        )),
    };
    let verdict = with_pyproject("", suite(&[("shop::tests::empty", failure)], FAILED));
    let finding = &verdict.diagnostics[0];
    assert_eq!(
        finding.location(),
        Some(&SourceLocation::line("src/lib.rs", 4))
    );
    assert!(
        finding
            .hint
            .as_deref()
            .unwrap()
            .contains("`Python::initialize();`")
    );
}

#[test]
fn consequences_are_counted_below_their_cause() {
    let missing = |line| Failure::Import {
        text: "ImportError: cannot import name 'at' from 'shop' (unknown location)".to_owned(),
        module: Some("shop".to_owned()),
        place: Some(SourceLocation::line("tests/test_it.py", line)),
        known: crate::test::Known::default(),
    };
    let asked = raised(
        "AttributeError: module 'shop' has no attribute 'at'",
        "tests/test_it.py",
        9,
    );
    let cause =
        anatomy::shared::PYTHON_SOURCE_MISSING.finding("there is no package at `pyhton/shop`");
    let evidence = |failures: &[(&str, Failure)]| Evidence::Tested {
        suites: vec![of_shop(failures)],
        warnings: Vec::new(),
        advice: vec![cause.clone()],
        wants_tests: true,
    };
    let all = [("a", missing(1)), ("b", missing(2)), ("c", asked.clone())];
    let verdict = judge(
        "shop",
        evidence(&all),
        CourseRequirements::default(),
        Vec::new(),
    );
    assert_eq!(verdict.diagnostics.len(), 1, "{:#?}", verdict.diagnostics);
    assert!(
        verdict.diagnostics[0].evidence.iter().any(
            |one| matches!(one, diagnostic::Evidence::Output { text, .. } if text.starts_with("3 tests fail because of it"))
        ),
        "{:#?}",
        verdict.diagnostics
    );
    // A failure with another cause stays.
    let mixed = [("a", missing(1)), ("b", asked), ("c", assertion("1 == 2"))];
    let verdict = judge(
        "shop",
        evidence(&mixed),
        CourseRequirements::default(),
        Vec::new(),
    );
    assert_eq!(verdict.diagnostics.len(), 2, "{:#?}", verdict.diagnostics);
}

#[test]
fn an_import_that_fails_in_many_files_is_one_finding() {
    let missing = |file: &str| Failure::Import {
        text: "ModuleNotFoundError: No module named 'numpy'".to_owned(),
        module: Some("numpy".to_owned()),
        place: Some(SourceLocation::line(file, 1)),
        known: crate::test::Known::default(),
    };
    let files = ["tests/test_a.py", "tests/test_b.py", "tests/test_c.py"];
    let failures = files.map(|file| (file, missing(file)));
    let verdict = verdict_on(of_shop(&failures));
    assert_eq!(verdict.diagnostics.len(), 1, "{:#?}", verdict.diagnostics);
    let shown = format!("{:?}", verdict.diagnostics[0]);
    assert!(
        shown.contains("also tests/test_b.py, tests/test_c.py"),
        "{shown}"
    );
}

#[test]
fn a_fixture_that_many_tests_miss_is_one_finding() {
    let missing = |name: &str| Failure::Raised {
        text: format!("FixtureLookupError: fixture '{name}' not found"),
        place: None,
    };
    let verdict = verdict_on(of_shop(&[
        ("tests/test_a.py::a", missing("four")),
        ("tests/test_b.py::b", missing("four")),
        ("tests/test_b.py::c", missing("five")),
    ]));
    assert_eq!(verdict.diagnostics.len(), 2, "{:#?}", verdict.diagnostics);
    let shown = format!("{:?}", verdict.diagnostics[0]);
    assert!(shown.contains("also tests/test_b.py::b"), "{shown}");
}

#[test]
fn files_of_one_module_name_are_one_finding_however_many() {
    let clash = |there: &str, here: &str| Failure::Raised {
        text: format!("ImportPathMismatchError: ('test_it', '/p/{there}', PosixPath('/p/{here}'))"),
        place: None,
    };
    let verdict = verdict_on(of_shop(&[
        (
            "tests/b/test_it.py",
            clash("tests/a/test_it.py", "tests/b/test_it.py"),
        ),
        ("tests/test_other.py::test_x", assertion("1 == 2")),
        (
            "tests/c/test_it.py",
            clash("tests/a/test_it.py", "tests/c/test_it.py"),
        ),
    ]));
    assert_eq!(verdict.diagnostics.len(), 2, "{:#?}", verdict.diagnostics);
    let finding = &verdict.diagnostics[0];
    assert_eq!(
        finding.message,
        "2 test files have the same module name as another one, so Python can't import them"
    );
    let pairs: Vec<String> = finding
        .evidence
        .iter()
        .map(|one| format!("{one:?}"))
        .collect();
    assert_eq!(pairs.len(), 2, "{pairs:#?}");
    assert!(
        pairs[1].contains("tests/c/test_it.py")
            && pairs[1].contains("`test_it`, like tests/a/test_it.py"),
        "{pairs:#?}"
    );
    assert!(finding.hint.as_deref().unwrap().contains("__init__.py"));
}

#[test]
fn a_loops_values_are_shown_and_nan_is_explained_once() {
    let in_vain = |value: &str| Failure::NothingRaised {
        expected: "a `ValueError`".to_owned(),
        values: vec![("bad".to_owned(), value.to_owned())],
        place: Some(SourceLocation::line("tests/test_it.py", 5)),
    };
    let verdict = verdict_on(suite(
        &[("a[0]", in_vain("-1.0")), ("a[1]", in_vain("nan"))],
        FAILED,
    ));
    assert_eq!(verdict.diagnostics.len(), 1, "{:#?}", verdict.diagnostics);
    let finding = &verdict.diagnostics[0];
    assert!(finding.hint.as_deref().unwrap().contains("`bad` is NaN"));
    assert!(format!("{finding:?}").contains("was expected with `bad = nan`"));
}

#[test]
fn pythons_messages_are_explained_for_the_pyo3_in_use() {
    let warning = "RuntimeWarning: The global interpreter lock (GIL) has been enabled to load module 'shop', which has not declared that it can run safely without the GIL.";
    let hint = |minor: u32| {
        let texts = Texts::from([(
            "Cargo.toml".to_owned(),
            format!("[package]\nname = \"shop\"\n[dependencies]\npyo3 = \"0.{minor}\"\n"),
        )]);
        let project = Project {
            package: None,
            dependencies: anatomy::project::Dependencies::read(&texts),
            sources: Texts::new(),
        };
        let evidence = Evidence::Tested {
            suites: vec![of_shop(&[("a", raised(warning, "tests/test_it.py", 1))])],
            warnings: Vec::new(),
            advice: Vec::new(),
            wants_tests: true,
        };
        let requirements = CourseRequirements {
            project: Some(&project),
            ..CourseRequirements::default()
        };
        let verdict = judge("shop", evidence, requirements, Vec::new());
        verdict.diagnostics[0].hint.clone().unwrap_or_default()
    };
    assert!(hint(30).contains("`gil_used = true`"), "{}", hint(30));
    assert!(hint(25).contains("gil_used = false"), "{}", hint(25));
    assert!(hint(22).starts_with("upgrade PyO3"), "{}", hint(22));
}

#[test]
fn an_exception_that_was_raised_from_a_known_one_is_explained_by_it() {
    let refused = Failure::Raised {
        text: "QueueError: the task failed".to_owned(),
        place: Some(SourceLocation::line("tests/test_queue.py", 7)),
    };
    let mut suite = suite(&[("t::a", refused)], End::Finished { status: 1 });
    let causes = [
        "TaskError: no result",
        "RuntimeError: Already mutably borrowed",
    ];
    suite.failed[0].causes = causes.map(str::to_owned).into();
    let verdict = verdict_on(suite);
    let finding = &verdict.diagnostics[0];
    assert_eq!(finding.code.to_string(), "WR0305", "{finding:#?}");
    let shown = format!("{finding:?}");
    assert!(shown.contains("QueueError: the task failed"), "{shown}");
    assert!(shown.contains("Already mutably borrowed"), "{shown}");
}
