//! What the book's pages show is what happens today: its examples compile without warnings, the Python sessions run as
//! printed, and every output comes from a real run.
//!
//! With `WR_CAPTURE=1` in the environment, which `cargo xtask book --capture` sets, changes are written to the book. With
//! `WR_CAPTURE_ONLY=04_data/02`, which `--only` sets, only sessions and outputs of such pages are run.
#![cfg(unix)]

mod comparison;
mod examples;
mod excerpt;
mod outputs;
mod recipes;
mod selection;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use examples::Examples;
use recipes::Recipes;
use selection::Selection;
use support::python;

/// The source directory of the pages, which outputs are relative to.
fn pages() -> PathBuf {
    support::repository().join("book").join("src")
}

/// Whether changes should be written to the book.
fn is_capture() -> bool {
    std::env::var_os("WR_CAPTURE").is_some_and(|value| !value.is_empty())
}

#[test]
fn every_session_runs_as_its_page_shows() {
    let _lock = support::lock("book-examples");
    let examples = Examples::build(&python::any());
    let changed = examples.sessions(&Selection::read(), is_capture());
    assert!(changed.is_empty(), "{changed}");
}

#[test]
fn the_unit_tests_of_the_examples_pass() {
    let _lock = support::lock("book-examples");
    let tested = Examples::build(&python::any()).unit_tests();
    assert!(tested > 0, "no example has unit tests any more");
}

#[test]
fn every_output_comes_from_a_run() {
    let _lock = support::lock("book-examples");
    let python = python::any();
    let recipes = Recipes::read().only(&Selection::read());
    let mut wrong = String::new();
    for (output, fresh) in outputs::all(&recipes, &python) {
        let file = pages().join(&output);
        let present = fs::read_to_string(&file).unwrap_or_default();
        if comparison::alike(&present, &fresh) {
            continue;
        }
        if is_capture() {
            support::tree::write(&file, &fresh);
            support::tell(&format!("captured again: book/src/{output}"));
        } else {
            wrong.push_str(&format!(
                "\nbook/src/{output} shows\n\n{present}\nand today it is\n\n{fresh}\n"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{wrong}\nIf that is as it should be: `cargo xtask book --capture`, and look at the pages."
    );
}

#[test]
fn every_output_names_what_it_was_captured_from() {
    let recipes = Recipes::read();
    let captured: BTreeSet<String> = recipes.outputs().map(str::to_owned).collect();
    assert_eq!(
        captured.len(),
        recipes.outputs().count(),
        "an output is captured twice"
    );
    let mut present = BTreeSet::new();
    for chapter in fs::read_dir(pages()).expect("the book has pages").flatten() {
        let name = chapter.file_name().to_string_lossy().into_owned();
        present.extend(texts(&chapter.path().join("output"), &name));
    }
    assert_eq!(
        captured, present,
        "left: the outputs that book/captures.toml names; right: the files in book/src/*/output"
    );
}

fn texts(dir: &Path, chapter: &str) -> Vec<String> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    entries
        .map(|entry| format!("{chapter}/output/{}", entry.file_name().to_string_lossy()))
        .collect()
}
