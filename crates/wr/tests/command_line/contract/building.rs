//! What is built before the tests run, and how packages are kept apart.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use testkit::{Workshop, workshop};

use crate::states::rule;

/// The status of an exercise's verdict, with the rule of its first finding, if any.
fn status(at: &Workshop, exercise: &str) -> String {
    let args = ["check", exercise, "--recheck", "--format", "json"];
    let verdict = at.wr(args).run().verdict();
    let rule = rule(&verdict["diagnostics"][0]);
    format!("{} {rule}", verdict["status"].as_str().unwrap())
        .trim_end()
        .to_owned()
}

/// A crate whose program and unit tests are in one file; the test starts the program the way `assert_cmd` does.
fn starts_itself(at: &Workshop, exercise: &str) {
    at.rust_exercise(exercise);
    at.remove(format!("exercises/{exercise}/src/lib.rs"));
    at.write(
        format!("exercises/{exercise}/src/main.rs"),
        r#"fn main() {
    println!("here I am");
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::process::Command;

    #[test]
    fn it_prints() {
        let name = env!("CARGO_PKG_NAME");
        let tests = std::env::current_exe().unwrap();
        let beside = tests.parent().and_then(Path::parent).unwrap().join(name);
        let printed = Command::new(beside).output().unwrap().stdout;
        assert_eq!(printed, b"here I am\n");
        let named = std::env::var(format!("CARGO_BIN_EXE_{name}")).unwrap();
        let printed = Command::new(named).output().unwrap().stdout;
        assert_eq!(printed, b"here I am\n");
        assert_eq!(std::env::var("CARGO_MANIFEST_DIR").unwrap(), env!("CARGO_MANIFEST_DIR"));
        assert_eq!(std::env::var("CARGO_PKG_NAME").unwrap(), name);
    }
}
"#,
    );
}

#[test]
fn tests_find_the_program_of_their_own_crate() {
    let at = workshop!("tests-start-their-program");
    starts_itself(at.course(), "01_a/01_x");
    assert_eq!(status(&at, "01_x"), "solved");
    // And it's the program built from the current source.
    at.replace(
        "exercises/01_a/01_x/src/main.rs",
        "println!(\"here I am\")",
        "println!(\"gone\")",
    );
    assert_eq!(status(&at, "01_x"), "tests_fail test-failed");
}

/// Programs with the same name share a path in the target directory, whatever package they belong to.
#[test]
fn exercises_with_programs_of_the_same_name_are_tested_at_once() {
    let at = workshop!("programs-of-one-name");
    at.course();
    let exercises: Vec<String> = (1..=6).map(|number| format!("01_a/0{number}_x")).collect();
    for (number, exercise) in exercises.iter().enumerate() {
        at.rust_exercise(exercise);
        let dir = format!("exercises/{exercise}");
        let manifest = at.read(format!("{dir}/Cargo.toml"));
        let program = "[[bin]]\nname = \"app\"\npath = \"src/app.rs\"\n";
        at.write(format!("{dir}/Cargo.toml"), manifest + program);
        let says = format!("fn main() {{\n    println!(\"{number}\");\n}}\n");
        at.write(format!("{dir}/src/app.rs"), &says);
        at.write(
            format!("{dir}/tests/app.rs"),
            format!(
                r#"
#[test]
fn it_is_our_own() {{
    std::thread::sleep(std::time::Duration::from_millis(300));
    let printed = std::process::Command::new(env!("CARGO_BIN_EXE_app")).output().unwrap().stdout;
    assert_eq!(printed, b"{number}\n");
}}
"#
            ),
        );
    }
    let outcome = at
        .wr([
            "check",
            "--all",
            "--recheck",
            "--jobs",
            "6",
            "--format",
            "json",
        ])
        .run();
    let document: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    let verdicts = document["verdicts"].as_array().unwrap();
    assert_eq!(verdicts.len(), exercises.len());
    for verdict in verdicts {
        assert_eq!(verdict["status"], "solved", "{verdict:#}");
    }
}

#[test]
fn every_target_is_built_and_benches_are_not_run() {
    let at = workshop!("every-target-is-built");
    at.course().rust_exercise("01_a/01_x");
    let bench = "exercises/01_a/01_x/benches/b.rs";
    at.write(bench, "#[test]\nfn never_run() {\n    panic!();\n}\n");
    assert_eq!(status(&at, "01_x"), "solved");
    at.write(bench, "fn broken(");
    assert_eq!(status(&at, "01_x"), "does_not_compile compile-error");
    at.write(".wr.toml", "skip_build = true\n");
    assert_eq!(status(&at, "01_x"), "solved");
}

#[test]
fn tests_are_built_in_their_own_profile() {
    let at = workshop!("profile-of-tests");
    at.course();
    at.rust_exercise_with("01_a/01_x", "assert!(!cfg!(debug_assertions));", "2");
    assert_eq!(status(&at, "01_x"), "tests_fail test-failed");
    let manifest = at.read("exercises/01_a/01_x/Cargo.toml");
    let profile = "[profile.test]\ndebug-assertions = false\n";
    at.write("exercises/01_a/01_x/Cargo.toml", manifest + profile);
    assert_eq!(status(&at, "01_x"), "solved");
}

/// Two exercises whose packages have the same name, in two workspaces, one of which has its own settings for its
/// package.
#[test]
fn packages_with_the_same_name_never_exchange_builds() {
    let at = workshop!("packages-of-one-name");
    at.course();
    let exercises = [
        "01_a/01_same",
        "02_b/01_same",
        "03_c/01_same",
        "04_d/01_same",
    ];
    for (number, exercise) in exercises.iter().enumerate() {
        at.rust_exercise_with(
            exercise,
            &format!("assert_eq!(crate::two(), {number});"),
            &number.to_string(),
        );
        starts(&at, exercise, number);
        if number >= 2 {
            let manifest = format!("exercises/{exercise}/Cargo.toml");
            let text = at.read(&manifest);
            let own = "[profile.dev.package.x01_same]\nopt-level = 1\n";
            at.write(manifest, text + own);
        }
    }
    for _ in 0..2 {
        for exercise in exercises {
            assert_eq!(status(&at, exercise), "solved", "{exercise}");
        }
    }
    // The wrong answer of one doesn't affect the other.
    at.replace("exercises/03_c/01_same/src/lib.rs", "    2\n", "    7\n");
    assert_eq!(status(&at, exercises[2]), "tests_fail test-failed");
    assert_eq!(status(&at, exercises[3]), "solved");
    assert_eq!(status(&at, exercises[0]), "solved");
}

/// Gives an exercise a program that prints its number, and a test that starts it.
fn starts(at: &Workshop, exercise: &str, number: usize) {
    at.write(
        format!("exercises/{exercise}/src/main.rs"),
        format!("fn main() {{\n    print!(\"{{}} {number}\", x01_same::two());\n}}\n"),
    );
    at.write(
        format!("exercises/{exercise}/tests/prints.rs"),
        format!(
            "#[test]\nfn it_prints() {{\n    let program = env!(\"CARGO_BIN_EXE_x01_same\");\n    let out = std::process::Command::new(program).output().unwrap();\n    assert_eq!(out.stdout, b\"{number} {number}\");\n}}\n"
        ),
    );
}

#[test]
fn an_endless_test_is_named() {
    let at = workshop!("hanging-rust-test");
    at.course().rust_exercise("01_a/01_x");
    let source = at.read("exercises/01_a/01_x/src/lib.rs");
    let more = "    #[test]\n    fn a_first() {}\n\n    #[test]\n    fn b_hangs() {\n        loop {}\n    }\n\n    #[test]\n    fn it_holds";
    at.write(
        "exercises/01_a/01_x/src/lib.rs",
        source.replace("    #[test]\n    fn it_holds", more),
    );
    at.wr(["check", "01_x", "--time-limit", "2"])
        .run()
        .status(1)
        .says("timed out after 2 s in x01_x::tests::b_hangs")
        .never_says("Python")
        .never_says("MutexGuard");
}

#[test]
fn advice_fits_a_pure_rust_course_without_hints() {
    let at = workshop!("advice-fits-rust");
    at.course()
        .rust_exercise_with("01_a/01_x", "assert_eq!(crate::two(), 2);", "todo!()");
    at.wr(["open", "01_x"]).run().status(0).never_says("hint");
    let args = ["check", "01_x"];
    at.wr(args).run().says("work left").never_says("hint");
    at.replace(
        "exercises/01_a/01_x/src/lib.rs",
        "todo!()",
        "[1, 2][std::hint::black_box(2)]",
    );
    at.wr(args)
        .run()
        .says("use `.get(..)`")
        .never_says("PyErr")
        .never_says("Python");
    at.wr(["open"])
        .run()
        .status(2)
        .complains("`wr open 01_a/01_x`");
    // If there are hints, they are offered.
    at.write("exercises/01_a/01_x/.wr.toml", "hints = [\"look\"]\n");
    at.wr(["open", "01_x"]).run().says("wr hint");
    at.replace(
        "exercises/01_a/01_x/src/lib.rs",
        "[1, 2][std::hint::black_box(2)]",
        "todo!()",
    );
    at.wr(args).run().says("`wr hint` helps");
}

#[test]
fn a_pure_rust_course_does_not_end_with_python_projects() {
    let at = workshop!("end-of-rust-course");
    at.course().rust_exercise("01_a/01_x");
    at.wr(["check", "01_x"]).run().status(0);
    at.wr::<&str>([])
        .run()
        .says("That was the last exercise")
        .never_says("wr check");
}

#[test]
fn a_test_expected_to_fail_is_not_a_skipped_one() {
    let at = workshop!("xfail-is-xfail");
    let tests =
        "import pytest\n\n\n@pytest.mark.xfail(reason='later')\ndef test_a():\n    assert False\n";
    at.course().python_exercise("01_a/01_x", tests);
    at.wr(["check", "01_x"])
        .run()
        .status(0)
        .says("1 xfailed")
        .never_says("skipped");
    let verdict = at.wr(["check", "01_x", "--format", "json"]).run().verdict();
    assert_eq!(verdict["tests"][0]["outcome"], "xfailed");
    let strict = tests
        .replace("reason='later'", "strict=True")
        .replace("False", "True");
    at.python_exercise("01_a/01_x", &strict);
    at.wr(["check", "01_x"]).run().status(1);
}

#[test]
fn the_doctor_looks_for_the_programs_of_the_verification() {
    let at = workshop!("doctor-of-verification");
    at.course()
        .command_exercise("01_a/01_x", &[&["true"], &["no-such-tool", "--now"]])
        .command_exercise("01_a/02_y", &[&["./run.sh"]]);
    at.wr(["doctor"])
        .run()
        .says("the program `no-such-tool` was not found")
        .says("named by 01_a/01_x")
        .says("the program `./run.sh` was not found")
        .says("`true`");
}

/// A course with its own commands builds in the ordinary target directory, where cargo relies on time stamps and a
/// person's own cargo builds as well.
#[test]
fn an_older_file_copied_back_is_compiled_for_a_courses_own_commands() {
    let at = workshop!("commands-older");
    at.course().rust_exercise("01_a/01_x");
    at.write(
        ".wr.toml",
        "[[verification]]\ncommand = \"cargo\"\nargs = [\"test\"]\n",
    );
    let file = at.path("exercises/01_a/01_x/src/lib.rs");
    let solution = fs::read_to_string(&file).unwrap();
    let starter = solution.replace("    2\n", "    1 + 2\n");
    assert_ne!(solution, starter);
    let put = |text: &str, age: Duration| {
        fs::write(&file, text).unwrap();
        let opened = File::options().write(true).open(&file).unwrap();
        opened.set_modified(SystemTime::now() - age).unwrap();
    };
    let hours = Duration::from_hours(2);
    let soon = Duration::ZERO;
    put(&solution, soon);
    assert_eq!(status(&at, "01_x"), "solved");
    // Restored with its time after our own build.
    put(&starter, hours);
    assert_eq!(status(&at, "01_x"), "tests_fail test-failed");
    put(&solution, hours);
    assert_eq!(status(&at, "01_x"), "solved");
    // And after a build by the learner.
    put(&starter, soon);
    let by_hand = || {
        let mut cargo = Command::new("cargo");
        cargo.args(["build", "--all-targets"]);
        cargo.current_dir(file.parent().and_then(Path::parent).unwrap());
        assert!(cargo.status().unwrap().success());
    };
    by_hand();
    put(&solution, hours);
    assert_eq!(status(&at, "01_x"), "solved");
    put(&solution, soon);
    by_hand();
    put(&starter, hours);
    assert_eq!(status(&at, "01_x"), "tests_fail test-failed");
}
