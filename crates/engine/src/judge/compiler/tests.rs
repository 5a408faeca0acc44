//! One mistake gets one finding. The words are rustc's and PyO3's own, taken from real builds.

mod features;
mod manifests;

use diagnostic::SourceLocation;

use super::*;
use crate::build::Note;

fn error(number: &str, message: &str, line: u32) -> CompilerError {
    CompilerError {
        message: message.to_owned(),
        dependency: None,
        number: Some(number.to_owned()),
        place: Some((
            SourceLocation::column("src/lib.rs", line, 1),
            "code".to_owned(),
        )),
        label: None,
        notes: Vec::new(),
        rendered: format!("error[{number}]: {message}\n"),
    }
}

fn labelled(mut error: CompilerError, label: &str) -> CompilerError {
    error.label = Some(label.to_owned());
    error
}

fn noted(mut error: CompilerError, text: &str, proposal: Option<&str>) -> CompilerError {
    error.notes.push(Note {
        text: text.to_owned(),
        proposal: proposal.map(str::to_owned),
        with_additions: None,
    });
    error
}

#[test]
fn without_an_edition_all_imports_are_missing() {
    let add = "if you wanted to use a crate named `pyo3`, use `cargo add pyo3` to add it to your `Cargo.toml` and import it in your code";
    let missing = |line| {
        let missing = error(
            "E0433",
            "cannot find module or crate `pyo3` in the crate root",
            line,
        );
        noted(missing, add, Some("extern crate pyo3;"))
    };
    let told = told(&[
        missing(2),
        error("E0432", "unresolved import `pyo3::prelude::*`", 2),
        error("", "cannot find attribute `pymodule` in this scope", 8),
        error("", "cannot find macro `wrap_pyfunction` in this scope", 9),
        missing(3),
    ]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].1, [2, 3]);
    assert!(told[0].2.contains("`edition = \"2024\"`"), "{told:?}");
}

/// The findings as the message with the lines that it names, and the help.
fn told(errors: &[CompilerError]) -> Vec<(String, Vec<u32>, String)> {
    judge(errors, &Texts::new(), &Dependencies::default(), None)
        .findings
        .into_iter()
        .map(|finding| {
            let lines = finding.evidence.iter().filter_map(|one| match one {
                Evidence::Source { location, .. } => location.line,
                _ => None,
            });
            let lines = lines.collect();
            (finding.message, lines, finding.hint.unwrap_or_default())
        })
        .collect()
}

#[test]
fn a_missing_attribute_is_one_mistake() {
    let unsatisfied = "the trait bound `Point: PyClass` is not satisfied";
    let found = told(&[
        error(
            "E0277",
            "`Point` cannot be used as the return value for `#[new]` methods",
            6,
        ),
        error("E0277", unsatisfied, 4),
        error("E0277", unsatisfied, 4),
        error("E0277", unsatisfied, 3),
    ]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].1, [4, 3]);
    assert_eq!(
        found[0].2,
        "write `#[pyclass]` above the definition of `Point`"
    );
}

#[test]
fn the_same_words_get_one_finding_with_all_places() {
    let missing = "cannot find value `x` in this scope";
    let found = told(&[error("E0425", missing, 3), error("E0425", missing, 9)]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].1, [3, 9]);
}

#[test]
fn different_mistakes_of_one_kind_stay_apart() {
    let found = told(&[
        labelled(
            error("E0308", "mismatched types", 3),
            "expected `u32`, found `&str`",
        ),
        labelled(
            error("E0308", "mismatched types", 9),
            "expected `()`, found `u32`",
        ),
    ]);
    assert_eq!(
        found.iter().map(|one| one.0.as_str()).collect::<Vec<_>>(),
        [
            "mismatched types: expected `u32`, found `&str` [E0308]",
            "mismatched types: expected `()`, found `u32` [E0308]"
        ]
    );
}

#[test]
fn what_rustc_proposes_is_the_help() {
    let no_trait = noted(
        noted(
            error(
                "E0599",
                "no method named `len` found for reference `&pyo3::Bound<'_, PyList>` in the current scope",
                4,
            ),
            "items from traits can only be used if the trait is in scope",
            None,
        ),
        "trait `PyListMethods` which provides `len` is implemented but not in scope; perhaps you want to import it",
        Some("use pyo3::types::PyListMethods;"),
    );
    assert_eq!(
        told(&[no_trait])[0].2,
        "write `use pyo3::types::PyListMethods;` with the other `use` lines"
    );
    let capital = noted(
        error("E0425", "cannot find value `False` in this scope", 3),
        "you may want to use a bool value instead (notice the capitalization)",
        Some("false"),
    );
    assert_eq!(
        told(&[capital])[0].2,
        "you may want to use a bool value instead (notice the capitalization): `false`"
    );
    let bare = error("E0107", "missing generics for struct `Vec`", 3);
    assert_eq!(told(&[bare])[0].2, "");
}

#[test]
fn a_question_mark_in_the_source_is_not_a_default() {
    let mut written = error("E0308", "`?` operator has incompatible types", 4);
    written.place = Some((
        SourceLocation::line("src/lib.rs", 4),
        "let n: u32 = f()?;".to_owned(),
    ));
    assert!(!told(&[written])[0].2.contains("signature"));
    let generated = error("E0308", "`?` operator has incompatible types", 4);
    assert!(told(&[generated])[0].2.contains("signature"));
}

const LOCK: &str = "[[package]]\nname = \"pyo3\"\nversion = \"0.";

/// A crate with these dependencies, this source and this version of PyO3.
struct Crate {
    dependencies: Dependencies,
    sources: Texts,
}

fn a_crate(minor: u32, dependencies: &str, source: &str) -> Crate {
    let manifest = format!("[package]\nname = \"x\"\n\n[dependencies]\n{dependencies}\n");
    let lock = format!("{LOCK}{minor}.1\"\n");
    let texts = Texts::from([
        ("Cargo.toml".to_owned(), manifest),
        ("Cargo.lock".to_owned(), lock),
    ]);
    Crate {
        dependencies: Dependencies::read(&texts),
        sources: Texts::from([("src/lib.rs".to_owned(), source.to_owned())]),
    }
}

/// The findings as code and help.
fn advised(of: &Crate, errors: &[CompilerError]) -> Vec<(String, String)> {
    judge(errors, &of.sources, &of.dependencies, None)
        .findings
        .into_iter()
        .map(|one| (one.code.to_string(), one.hint.unwrap_or_default()))
        .collect()
}

fn only(of: &Crate, errors: &[CompilerError]) -> (String, String) {
    let mut found = advised(of, errors);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

fn argument(of_type: &str) -> CompilerError {
    let message = format!("`{of_type}` cannot be used as a Python function argument");
    error("E0277", &message, 6)
}
