//! Pure Rust exercises.

use testkit::workshop;

use super::check;

#[test]
fn solved() {
    let at = workshop!("rust-solved");
    at.course().rust_exercise("01_a/01_x");
    check(&at, "01_x").is("solved", "", "");
}

#[test]
fn a_todo_that_is_reached_is_work_left() {
    let at = workshop!("rust-todo");
    at.course()
        .rust_exercise_with("01_a/01_x", "assert_eq!(crate::two(), 2);", "todo!()");
    check(&at, "01_x").is("unfinished", "unfinished", "src/lib.rs:2");
}

#[test]
fn a_compile_error_names_the_line_and_the_compilers_number() {
    let at = workshop!("rust-does-not-compile");
    at.course().rust_exercise_with("01_a/01_x", "", "\"two\"");
    check(&at, "01_x")
        .is("does_not_compile", "compile-error", "src/lib.rs:2")
        .mentions("mismatched types: expected `u32`, found `&str` [E0308]");
}

#[test]
fn a_failed_assertion_shows_both_values() {
    let at = workshop!("rust-tests-fail");
    at.course()
        .rust_exercise_with("01_a/01_x", "assert_eq!(crate::two(), 2);", "1 + 2");
    check(&at, "01_x")
        .is("tests_fail", "test-failed", "src/lib.rs:9")
        .mentions("left: 3")
        .mentions("right: 2");
}

#[test]
fn a_panic_is_distinguished_from_an_assertion() {
    let at = workshop!("rust-panic");
    at.course().rust_exercise_with(
        "01_a/01_x",
        "crate::two();",
        "\"x\".parse::<u32>().expect(\"digits\")",
    );
    check(&at, "01_x")
        .is("tests_fail", "panic", "src/lib.rs:2")
        .mentions("digits");
}

#[test]
fn an_abort_is_a_crash() {
    let at = workshop!("rust-abort");
    at.course()
        .rust_exercise_with("01_a/01_x", "std::process::abort();", "2");
    check(&at, "01_x")
        .is("crashed", "fatal-signal", "")
        .mentions("SIGABRT");
}

#[test]
fn a_stack_overflow_is_a_crash() {
    let at = workshop!("rust-stack-overflow");
    let two = "std::hint::black_box(two()) + std::hint::black_box(two())";
    at.course()
        .rust_exercise_with("01_a/01_x", "crate::two();", two);
    check(&at, "01_x").is("crashed", "fatal-signal", "");
}

#[test]
fn a_test_that_ends_the_process_never_passes() {
    let at = workshop!("rust-exits");
    at.course()
        .rust_exercise_with("01_a/01_x", "std::process::exit(0);", "2");
    check(&at, "01_x").is("crashed", "ended-early", "");
}

#[test]
fn no_tests_is_not_a_success() {
    let at = workshop!("rust-no-tests");
    at.course().rust_exercise("01_a/01_x");
    at.write(
        "exercises/01_a/01_x/src/lib.rs",
        "pub fn two() -> u32 {\n    2\n}\n",
    );
    check(&at, "01_x").is("solved", "no-tests", "");
}

#[test]
fn packages_with_the_same_name_are_not_confused() {
    let at = workshop!("rust-same-name");
    at.course().rust_exercise("01_a/01_x").rust_exercise_with(
        "02_b/01_x",
        "assert_eq!(crate::two(), 2);",
        "3",
    );
    for id in ["01_a", "02_b"] {
        let manifest = at.read(format!("exercises/{id}/01_x/Cargo.toml"));
        assert!(manifest.contains("name = \"x01_x\""), "{manifest}");
    }
    check(&at, "01_a/01_x").is("solved", "", "");
    check(&at, "02_b/01_x").is("tests_fail", "test-failed", "src/lib.rs:9");
    check(&at, "01_a/01_x").is("solved", "", "");
}

#[test]
fn a_nonexistent_dependency_is_reported_by_cargo() {
    let at = workshop!("rust-no-such-path");
    at.course().rust_exercise("01_a/01_x");
    let manifest = "exercises/01_a/01_x/Cargo.toml";
    let text = at.read(manifest);
    at.write(
        manifest,
        format!("{text}\n[dependencies]\nnothing = {{ path = \"../nothing\" }}\n"),
    );
    check(&at, "01_x")
        .is("does_not_compile", "cargo-failed", "")
        .mentions("nothing");
}

#[test]
fn a_report_printed_by_the_code_itself_is_not_a_success() {
    let at = workshop!("rust-forged");
    let forge = "use std::io::Write; std::io::stdout().write_all(b\"\\ntest result: ok. 1 passed\\n\").unwrap(); \
                 std::process::exit(0);";
    at.course().rust_exercise_with("01_a/01_x", forge, "2");
    check(&at, "01_x").is("crashed", "ended-early", "");
}

#[test]
fn output_of_the_code_does_not_hide_a_result() {
    let at = workshop!("rust-prints");
    let print = "use std::io::Write; std::io::stdout().write_all(b\"hello\").unwrap(); assert_eq!(crate::two(), 2);";
    at.course().rust_exercise_with("01_a/01_x", print, "3");
    check(&at, "01_x")
        .is("tests_fail", "test-failed", "src/lib.rs:9")
        .mentions("left: 3");
}

#[test]
fn a_target_with_its_own_harness_passes_when_it_exits_successfully() {
    let at = workshop!("rust-harness");
    at.course().rust_exercise("01_a/01_x");
    let manifest = "exercises/01_a/01_x/Cargo.toml";
    let text = std::fs::read_to_string(at.path(manifest)).unwrap();
    at.write(
        manifest,
        format!("{text}\n[[test]]\nname = \"scenarios\"\nharness = false\n"),
    );
    let own = "exercises/01_a/01_x/tests/scenarios.rs";
    at.write(own, "fn main() { println!(\"all 3 scenarios hold\"); }\n");
    check(&at, "01_x").is("solved", "", "");
    at.write(
        own,
        "fn main() { eprintln!(\"scenario 2 does not hold\"); std::process::exit(3); }\n",
    );
    check(&at, "01_x")
        .is("tests_fail", "test-error", "")
        .mentions("scenario 2 does not hold");
}
