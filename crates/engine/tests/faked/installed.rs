//! What is installed in an environment counts, and what it imports from elsewhere.

use wr_engine::{NativeSystem, RunMode, System};

use crate::bench::{Bench, gist, is_verified_again, steps};

const PACKAGES: &str = "/w/.wr/venv/3.12-ab2d0930/lib/python3.12/site-packages";

/// A file among the installed packages.
fn installed(name: &str) -> String {
    format!("{PACKAGES}/{name}")
}

#[test]
fn a_reinstallation_counts() {
    for name in ["pytest-8.4.0.dist-info/RECORD", "one_file.py"] {
        for bench in [Bench::python(), Bench::extension()] {
            bench.settle();
            bench.world.settle(&installed(name), "a\n");
            bench.settle();
            bench.world.settle(&installed(name), "a\nb\n");
            is_verified_again(&bench, name);
        }
    }
}

#[test]
fn the_target_of_an_editable_install_counts() {
    let bench = Bench::python();
    bench.settle();
    bench
        .world
        .settle(&installed("lib.pth"), "# by hand\n/elsewhere/lib\n");
    bench
        .world
        .settle("/elsewhere/lib/module.py", "VALUE = 7\n");
    bench.settle();
    assert!(bench.verify().remembered);
    bench
        .world
        .settle("/elsewhere/lib/module.py", "VALUE = 8\n");
    is_verified_again(&bench, "a module elsewhere");
    bench.settle();
    bench.world.settle("/elsewhere/lib/deep/new.py", "");
    is_verified_again(&bench, "a new module elsewhere");
    bench.settle();
    bench
        .world
        .settle(&installed("lib.pth"), "/elsewhere/other\n");
    is_verified_again(&bench, "another place");
}

#[test]
fn installed_packages_elsewhere_are_known_by_their_records() {
    let bench = Bench::python();
    bench.settle();
    let world = &bench.world;
    world.settle(&installed("more.pth"), "/more\n");
    world.settle("/more/numpy/core.py", "a = 1\n");
    world.settle("/more/numpy-2.0.dist-info/RECORD", "a\n");
    bench.settle();
    // Thousands of files, which only an installer writes.
    world.settle("/more/numpy/core.py", "a = 2\n");
    assert!(bench.verify().remembered);
    world.settle("/more/numpy-2.0.dist-info/RECORD", "a\nb\n");
    is_verified_again(&bench, "an installation elsewhere");
}

#[test]
fn it_is_not_known_where_a_hook_finds_modules() {
    let finder = "import __editable___lib_0_1_finder; __editable___lib_0_1_finder.install()\n";
    for (text, is_known) in [(finder, false), ("import _virtualenv\n", true)] {
        let bench = Bench::python();
        bench.settle();
        bench.world.settle(&installed("x.pth"), text);
        bench.settle();
        assert_eq!(bench.verify().remembered, is_known, "{text}");
    }
}

#[test]
fn directories_of_pythonpath_count() {
    let mut bench = Bench::python();
    bench
        .settings
        .env
        .insert("PYTHONPATH".into(), "/elsewhere/lib".into());
    bench
        .world
        .settle("/elsewhere/lib/module.py", "VALUE = 7\n");
    bench.settle();
    bench
        .world
        .settle("/elsewhere/lib/module.py", "VALUE = 8\n");
    is_verified_again(&bench, "a module on PYTHONPATH");
}

#[test]
fn an_upgrade_in_the_environment_restarts_the_harness() {
    let mut bench = Bench::python();
    bench.settings.run_mode = RunMode::Watch;
    bench.settle();
    let mut engine = bench.engine();
    for (round, starts) in [(0, 1), (1, 0), (2, 1)] {
        if round == 2 {
            let record = installed("pytest-8.4.0.dist-info/RECORD");
            bench.world.settle(&record, "another pytest\n");
        }
        let test = format!("def test_{round}(): ...\n");
        bench.world.settle("/w/fast/test_it.py", &test);
        bench.world.take_calls();
        assert!(bench.verify_with(&mut engine).is_solved());
        let started = bench.world.take_starts();
        assert_eq!(started.len(), starts, "{round}: {started:#?}");
    }
}

#[test]
fn a_project_may_depend_on_packages_that_a_course_replaces() {
    let bench = Bench::extension();
    let manifest =
        "[project]\nname = \"fast\"\ndependencies = [\"uv\", \"sample>=2\", \"maturin\"]\n";
    bench.world.settle("/w/fast/pyproject.toml", manifest);
    assert_eq!(bench.subject().requirements.wanted, ["sample>=2", "uv"]);
}

/// Before a compiler or a test starts, and only if it is older than the oldest that works.
#[test]
fn a_pytest_that_is_too_old_is_reported_before_anything_runs() {
    let check = |version: &str, expect: [&str; 2]| {
        let bench = Bench::extension();
        let packages = "/w/fast/.venv/lib/python3.12/site-packages";
        bench.world.save("/w/fast/.venv/bin/python", "Python");
        for file in [
            "pytest/__init__.py",
            &format!("pytest-{version}.dist-info/RECORD"),
        ] {
            bench.world.settle(&format!("{packages}/{file}"), "");
        }
        let verdict = bench.verify();
        assert_eq!(gist(&verdict), expect, "{verdict:#?}");
        verdict
    };
    let verdict = check("6.2.5", ["environment_broken", "pytest-too-old"]);
    assert_eq!(steps(&verdict), ["environment"]);
    let finding = &verdict.diagnostics[0];
    assert_eq!(
        finding.message,
        "pytest 6.2.5 is too old: wr needs pytest 7.0 or newer"
    );
    assert_eq!(
        finding.hint.as_deref(),
        Some("update it: /w/fast/.venv/bin/python -m pip install --upgrade \"pytest>=7.0\"")
    );
    check("7.0.0", ["solved", ""]);
    check("10.1", ["solved", ""]);
}

/// Published exercises list maturin for people who don't have `wr`.
#[test]
fn an_exercise_gets_build_tools_only_if_its_tests_run_them() {
    let root = tempfile::tempdir().expect("a temporary directory can be made");
    let system = NativeSystem::new("wr".into());
    let write = |file: &str, text: &str| {
        let written = system.write(&root.path().join(file), text.as_bytes());
        written.expect("a file can be written");
    };
    let manifest = "[dependency-groups]\ntest = [\"maturin>=1.16\", \"uv\", \"pytest\"]\n";
    write(".git/HEAD", "");
    write(".wr.toml", "");
    write("exercises/01_a/01_x/pyproject.toml", manifest);
    let wanted = |tests: &str| {
        write("exercises/01_a/01_x/tests/test_it.py", tests);
        let course = course::Course::find(root.path()).expect("it's a course");
        let exercise = course.exercises().first().expect("it has an exercise");
        let subject = wr_engine::exercise(&system, &course, exercise);
        subject.expect("it's an exercise").requirements.wanted
    };
    assert_eq!(wanted("def test_a(): ...\n"), ["pytest"]);
    let tests = "RUN = [sys.executable, '-m', 'maturin']  # not with uvx\n";
    assert_eq!(wanted(tests), ["maturin>=1.16", "pytest"]);
}
