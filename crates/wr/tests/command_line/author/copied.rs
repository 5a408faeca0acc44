//! An exercise copied out of the repository has to work on its own. Needs no network: these are pure Rust exercises.

use testkit::workshop;

use super::course::{EXERCISE, check, course, defects};

#[test]
fn files_outside_the_exercise_are_missing_in_a_copy() {
    let at = workshop!("author-copied");
    course(&at, "rust");
    assert_eq!(defects(&check(&at, "copied", &[])), [""; 0]);
    at.write("exercises/prices.txt", "250").write(
        format!("{EXERCISE}/tests/total.rs"),
        "//! Reads what is not its own.\n\n#[test]\nfn nothing_costs_nothing() {}\n\n#[test]\nfn prices_are_added() {\n    let price = include_str!(\"../../../prices.txt\").parse().unwrap();\n    assert_eq!(total::total(&[price]), 250);\n}\n",
    );
    assert_eq!(defects(&check(&at, "solution", &[])), [""; 0]);
    assert_eq!(
        defects(&check(&at, "copied", &[])),
        [
            "copied exercises/01_shop/01_total: copied out of the repository, the solution fails: `cargo test`"
        ]
    );
}

#[test]
fn a_starter_that_passes_when_copied_out() {
    let at = workshop!("author-copied-starter");
    course(&at, "rust");
    // The test isn't found: cargo looks for tests in `tests`.
    let tests = at.read(format!("{EXERCISE}/tests/total.rs"));
    at.write(format!("{EXERCISE}/checks/total.rs"), tests);
    std::fs::remove_dir_all(at.path(format!("{EXERCISE}/tests"))).unwrap();
    assert_eq!(
        defects(&check(&at, "copied", &[])),
        ["copied exercises/01_shop/01_total: copied out of the repository, the starter passes"]
    );
}
