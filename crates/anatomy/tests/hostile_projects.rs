//! No project makes the reader panic, hang or exhaust the stack.
#![allow(clippy::unwrap_used)] // A missing place fails the test.

mod sources;

use sources::{CARGO, PYPROJECT, SOURCE, project};
use wr_anatomy::Expectation;
use wr_anatomy::project::{ProjectInspection, inspect_project};

fn look(files: &[(&str, &str)]) -> ProjectInspection {
    inspect_project(&project(files), &Expectation::new())
}

#[test]
fn endless_nesting_is_survived() {
    let deep = format!(
        "fn f() {{ {}{} }}",
        "(".repeat(100_000),
        ")".repeat(100_000)
    );
    let modules = format!("{}{}", "mod a {".repeat(50_000), "}".repeat(50_000));
    let toml = format!("[lib]\nx = {}{}", "[".repeat(100_000), "]".repeat(100_000));
    let _ = look(&[("src/lib.rs", &deep)]);
    let _ = look(&[("src/lib.rs", &modules)]);
    let _ = look(&[
        ("Cargo.toml", &toml),
        ("pyproject.toml", &toml),
        ("Cargo.lock", &toml),
    ]);
    let _ = look(&[
        ("src/lib.rs", &"!".repeat(100_000)),
        ("src/a.rs", &"#[pymodule] mod a {".repeat(9)),
    ]);
}

/// Each of these once took minutes. The time isn't measured, because a hanging test is obvious.
#[test]
fn many_of_a_kind_are_not_compared_with_each_other() {
    let lock: String = (0..20_000)
        .map(|number| {
            format!(
                "[[package]]\nname = \"pyo3\"\nversion = \"0.{number}.0\"\ndependencies = [\"pyo3 9\"]\n"
            )
        })
        .collect();
    let found = look(&[("Cargo.lock", &lock)]);
    assert!(found.facts.locked.len() > 2);
    let keys: String = (0..50_000)
        .map(|number| format!("modul{number} = 1\n"))
        .collect();
    let found = look(&[("pyproject.toml", &format!("[tool.maturin]\n{keys}"))]);
    assert_eq!(found.facts.pyproject.unwrap().maturin_keys.len(), 50_000);
}

proptest::proptest! {
    #[test]
    fn no_project_makes_it_panic(cargo in "\\PC{0,80}", source in "\\PC{0,120}", place in 0_usize..400) {
        let at = |text: &str, part: &str| {
            let end = (0..=place.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap();
            format!("{}{part}{}", &text[..end], &text[end..])
        };
        let _ = look(&[
            ("Cargo.toml", &at(CARGO, &cargo)),
            ("pyproject.toml", &at(PYPROJECT, &cargo)),
            ("src/lib.rs", &at(SOURCE, &source)),
            ("Cargo.lock", &cargo),
        ]);
    }
}
