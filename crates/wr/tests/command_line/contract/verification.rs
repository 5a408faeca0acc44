//! How an exercise is verified: the build, then the commands, or what the exercise contains.

use testkit::{Workshop, verification, workshop};

use crate::states::rule;

const X: &str = "exercises/01_a/01_x";

/// The status of the only exercise's verdict, with the rule of its first finding, if any.
fn status(at: &Workshop) -> String {
    let verdict = at.wr(["check", "01_x", "--format", "json"]).run().verdict();
    let rule = rule(&verdict["diagnostics"][0]);
    format!("{} {rule}", verdict["status"].as_str().unwrap())
        .trim_end()
        .to_owned()
}

#[test]
fn commands_run_in_order_in_the_exercises_folder_until_one_fails() {
    let at = workshop!("commands-in-order");
    at.course().command_exercise(
        "01_a/01_x",
        &[
            &["touch", "first"],
            &["cp", "first", "second"],
            &["false"],
            &["touch", "third"],
        ],
    );
    let outcome = at.wr(["check", "01_x"]).run();
    outcome.status(1).says("`false` failed: exit status 1");
    assert!(at.path(X).join("second").is_file(), "{}", outcome.account());
    assert!(!at.path(X).join("third").exists(), "{}", outcome.account());
}

#[test]
fn commands_run_without_a_shell() {
    let at = workshop!("commands-without-shell");
    let name = "a b; touch c $HOME *";
    at.course()
        .command_exercise("01_a/01_x", &[&["touch", name]]);
    at.wr(["check", "01_x"]).run().status(0);
    assert!(at.path(X).join(name).is_file());
    assert!(!at.path(X).join("c").exists());
}

#[test]
fn the_output_of_a_failed_command_is_shown() {
    let at = workshop!("commands-output");
    at.course()
        .command_exercise("01_a/01_x", &[&["ls", "no-such-file"]]);
    at.wr(["check", "01_x"])
        .run()
        .status(1)
        .says("no-such-file")
        .says("exit status 2");
}

#[test]
fn a_command_ended_by_a_signal_is_a_crash() {
    let at = workshop!("commands-signal");
    let kill = "import os; os.kill(os.getpid(), 11)";
    at.course()
        .command_exercise("01_a/01_x", &[&["python3", "-c", kill]]);
    assert_eq!(status(&at), "crashed command-failed");
    at.wr(["check", "01_x"]).run().says("SIGSEGV");
}

#[test]
fn all_targets_are_built_before_the_commands() {
    let at = workshop!("build-comes-first");
    at.course().rust_exercise("01_a/01_x");
    at.command_exercise("01_a/01_x", &[&["touch", "was-run"]]);
    assert_eq!(status(&at), "solved");
    at.remove(format!("{X}/was-run"));
    // Only a test target is broken: `cargo build` wouldn't notice, `cargo build --all-targets` does.
    at.write(format!("{X}/tests/more.rs"), "fn broken(");
    assert_eq!(status(&at), "does_not_compile compile-error");
    assert!(!at.path(X).join("was-run").exists());
}

#[test]
fn the_build_can_be_skipped() {
    let at = workshop!("build-left-out");
    at.course().rust_exercise_with("01_a/01_x", "", "no rust");
    at.command_exercise("01_a/01_x", &[&["true"]]);
    assert_eq!(status(&at), "does_not_compile compile-error");
    at.write(".wr.toml", "skip_build = true\n");
    assert_eq!(status(&at), "solved");
}

#[test]
fn the_roots_commands_apply_to_exercises_without_a_file() {
    let at = workshop!("commands-of-the-root");
    at.course().folder(X);
    at.write(".wr.toml", verification(&[&["false"]]));
    assert_eq!(status(&at), "tests_fail command-failed");
}

#[test]
fn an_exercises_list_replaces_the_roots() {
    let at = workshop!("commands-replaced");
    at.course();
    at.write(
        ".wr.toml",
        verification(&[&["touch", "by-the-root"], &["false"]]),
    );
    at.command_exercise("01_a/01_x", &[&["touch", "by-the-exercise"]]);
    assert_eq!(status(&at), "solved");
    assert!(at.path(X).join("by-the-exercise").is_file());
    assert!(!at.path(X).join("by-the-root").exists());
}

#[test]
fn a_file_without_a_list_means_the_default_and_not_the_roots_list() {
    let at = workshop!("commands-default");
    at.course().rust_exercise("01_a/01_x");
    at.write(".wr.toml", verification(&[&["false"]]));
    assert_eq!(status(&at), "tests_fail command-failed");
    at.write(format!("{X}/.wr.toml"), "hints = [\"look\"]\n");
    assert_eq!(status(&at), "solved");
}

#[test]
fn root_keys_have_no_effect_in_an_exercise() {
    let at = workshop!("commands-root-keys");
    at.course().rust_exercise_with("01_a/01_x", "", "no rust");
    let list = verification(&[&["true"]]);
    at.write(
        format!("{X}/.wr.toml"),
        format!("skip_build = true\nexercises_dir = \"elsewhere\"\n{list}"),
    );
    assert_eq!(status(&at), "does_not_compile compile-error");
}

#[test]
fn an_empty_list_leaves_only_the_build() {
    let at = workshop!("commands-none");
    at.course()
        .rust_exercise_with("01_a/01_x", "panic!(\"never run\");", "2");
    at.write(format!("{X}/.wr.toml"), "verification = []\n");
    assert_eq!(status(&at), "solved");
    at.write(format!("{X}/src/lib.rs"), "fn broken(");
    assert_eq!(status(&at), "does_not_compile compile-error");
}

#[test]
fn the_default_is_what_cargo_test_does() {
    let at = workshop!("default-is-cargo-test");
    at.course().rust_exercise("01_a/01_x");
    at.write(
        format!("{X}/tests/more.rs"),
        "#[test]\nfn whole() {\n    assert_eq!(1 + 1, 3);\n}\n",
    );
    assert_eq!(status(&at), "tests_fail test-failed");
    at.remove(format!("{X}/tests/more.rs"));
    assert_eq!(status(&at), "solved");
    let lib = at.read(format!("{X}/src/lib.rs"));
    let doc = "/// ```\n/// assert_eq!(1 + 1, 3);\n/// ```\n";
    at.write(format!("{X}/src/lib.rs"), format!("{doc}{lib}"));
    assert_eq!(status(&at), "tests_fail test-failed");
    at.wr(["check", "01_x"])
        .run()
        .says("src/lib.rs:1")
        .never_says("pytest");
}

#[test]
fn a_missing_program_is_reported_with_how_to_get_it() {
    let at = workshop!("program-missing");
    at.course()
        .command_exercise("01_a/01_x", &[&["no-such-tool", "--now"]]);
    assert_eq!(status(&at), "environment_broken program-missing");
    let outcome = at.wr(["check", "01_x"]).run();
    outcome
        .status(1)
        .says("`no-such-tool` was not found")
        .says("help: install `no-such-tool`");
    at.command_exercise("01_a/01_x", &[&["uv", "sync"]]);
    let only = at.only("bin", &["true"]);
    let outcome = at.wr(["check", "01_x"]).path([only]).run();
    outcome
        .status(1)
        .says("`uv` was not found")
        .says("pip install uv");
}

#[test]
fn the_root_adds_hints_and_protection_to_exercises_that_its_list_verifies() {
    let at = workshop!("root-adds-hints");
    at.course().write(format!("{X}/answer"), "41\n");
    let list = verification(&[&["grep", "42", "answer"]]);
    let digest = blake3::hash(b"the test\n").to_hex();
    let more = format!(
        "[exercises.\"01_a/01_x\"]\nhints = [\"think again\"]\nprotected = {{ \"check\" = \"blake3:{digest}\" }}\n"
    );
    at.write(".wr.toml", format!("{list}{more}"));
    at.write(format!("{X}/check"), "the test\n");
    at.wr(["hint"]).at(X).run().status(0).says("think again");
    assert_eq!(status(&at), "tests_fail command-failed");
    at.write(format!("{X}/answer"), "42\n");
    assert_eq!(status(&at), "solved");
    at.write(format!("{X}/check"), "another test\n");
    assert_eq!(status(&at), "tampered tests-changed");
    // The exercise's own settings take precedence.
    at.write(
        format!("{X}/.wr.toml"),
        format!("hints = [\"its own\"]\n{list}"),
    );
    at.wr(["hint"]).at(X).run().says("its own");
}
