//! What `wr` remembers may save work, but never change a verdict.

use testkit::{Extension, Workshop, workshop};

fn check(at: &Workshop, id: &str) -> (String, bool) {
    let verdict = at.wr(["check", id, "--format", "json"]).run().verdict();
    let status = verdict["status"].as_str().unwrap().to_owned();
    (status, verdict["remembered"] == true)
}

fn found(status: &str) -> (String, bool) {
    (status.to_owned(), false)
}

/// Files written a moment ago may change again without their times showing it, so they aren't trusted yet.
fn settle() {
    std::thread::sleep(std::time::Duration::from_millis(100));
}

#[test]
fn every_relevant_file_is_checked() {
    let at = workshop!("memory-extension");
    let extension = Extension::named_after(&at).tests(
        "from sample import greeting\n\nfrom MODULE import answer\n\n\ndef test_answer():\n    assert (greeting, answer()) == ('hello', 42)\n",
    );
    at.course();
    extension.put_into(&at);
    let dir = extension.dir();
    let (init, source, tests) = (
        format!("{dir}/sample/src/sample/__init__.py"),
        format!("{dir}/src/lib.rs"),
        format!("{dir}/sample/tests/test_sample.py"),
    );
    at.write(&init, "greeting = 'hello'\n");
    settle();
    assert_eq!(check(&at, &extension.id), found("solved"));
    assert_eq!(check(&at, &extension.id), ("solved".to_owned(), true));
    for (file, from, to) in [
        (&init, "'hello'", "'hallo'"),
        (&source, "42\n", "43\n"),
        (&tests, "42)", "44)"),
    ] {
        at.replace(file, from, to);
        assert_eq!(check(&at, &extension.id), found("tests_fail"), "{file}");
        at.replace(file, to, from);
        assert_eq!(check(&at, &extension.id).0, "solved", "{file}");
    }
    at.write(
        format!("{dir}/sample/tests/test_more.py"),
        "def test_more():\n    assert False\n",
    );
    assert_eq!(check(&at, &extension.id), found("tests_fail"));
    at.remove(format!("{dir}/sample/tests/test_more.py"));
    assert_eq!(check(&at, &extension.id).0, "solved");
    at.write(format!("{dir}/conftest.py"), "raise RuntimeError\n");
    assert_eq!(check(&at, &extension.id), found("tests_fail"));
}

#[test]
fn a_change_with_the_same_size_and_time_is_noticed() {
    let at = workshop!("memory-quick-edits");
    at.course().rust_exercise("01_a/01_x");
    let file = "exercises/01_a/01_x/src/lib.rs";
    for round in 0..3 {
        assert_eq!(check(&at, "01_x"), found("solved"), "round {round}");
        at.replace(file, "    2\n", "    3\n");
        assert_eq!(check(&at, "01_x"), found("tests_fail"), "round {round}");
        at.replace(file, "    3\n", "    2\n");
    }
}

#[test]
fn an_older_file_that_replaces_a_newer_one_is_built() {
    let at = workshop!("memory-older");
    let extension = Extension::named_after(&at);
    at.course();
    extension.put_into(&at);
    let source = format!("{}/src/lib.rs", extension.dir());
    at.replace(&source, "42\n", "43\n");
    settle();
    assert_eq!(check(&at, &extension.id), found("tests_fail"));
    at.replace(&source, "43\n", "42\n");
    // As `cp -p` and some sync tools leave it: cargo relies on the time and would build nothing.
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_hours(2);
    std::fs::File::options()
        .write(true)
        .open(at.path(&source))
        .and_then(|file| file.set_modified(long_ago))
        .unwrap();
    assert_eq!(check(&at, &extension.id), found("solved"));
}

#[test]
fn files_included_from_elsewhere_are_checked() {
    let at = workshop!("memory-include");
    let extension = Extension::named_after(&at)
        .answering("include_str!(\"../number.txt\").trim().parse().unwrap()");
    at.course();
    extension.put_into(&at);
    at.write(format!("{}/number.txt", extension.dir()), "42\n");
    settle();
    assert_eq!(check(&at, &extension.id), found("solved"));
    at.write(format!("{}/number.txt", extension.dir()), "41\n");
    assert_eq!(check(&at, &extension.id), found("tests_fail"));
}

#[test]
fn a_flaky_failure_of_the_machine_is_not_remembered() {
    let at = workshop!("memory-crash");
    at.course().python_exercise(
        "01_mem/01_crash",
        "import os\n\n\ndef test_a():\n    os.kill(os.getpid(), 9)\n",
    );
    settle();
    assert_eq!(check(&at, "01_crash"), found("crashed"));
    assert_eq!(check(&at, "01_crash"), found("crashed"));
}

#[test]
fn commands_of_a_course_are_run_every_time() {
    let at = workshop!("memory-commands");
    at.course()
        .command_exercise("01_a/01_x", &[&["test", "-e", "../../../done"]]);
    at.write("done", "");
    settle();
    assert_eq!(check(&at, "01_x"), found("solved"));
    at.remove("done");
    assert_eq!(check(&at, "01_x"), found("tests_fail"));
}

#[test]
fn recheck_ignores_remembered_verdicts() {
    let at = workshop!("memory-recheck");
    at.course().rust_exercise("01_a/01_x");
    settle();
    assert_eq!(check(&at, "01_x"), found("solved"));
    let verdict = at
        .wr(["check", "01_x", "--recheck", "--format", "json"])
        .run()
        .verdict();
    assert_eq!(verdict["remembered"], false);
}
