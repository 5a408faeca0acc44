//! The metadata of a release promises a Python that none of its wheels serves, on a system where other Pythons have one.
//!
//! Classifiers such as `Programming Language :: Python :: 3.15` tell users, and tools that look for Pythons a project is ready for, that
//! the release works there. For a Python without a wheel an installer falls back on the source distribution, which has to be
//! compiled by the user, with a Rust tool chain; without a source distribution there is nothing to install.
//!
//! ## Example
//!
//! ```text
//! WR0631 the classifiers of fast 1.0 promise Python 3.15, for which 4 systems have no wheel
//! ```
//!
//! Here the classifier was added, and the list of Pythons in the job that builds the wheels was not.
//!
//! ## What to do
//!
//! Build the wheels that are missing, or take the classifier out until they are there. `wr inspect --release` shows which wheel serves
//! which Python, and how few wheels would do: a wheel for the stable ABI, such as `cp311-abi3`, serves all later Pythons too.
//!
//! A Python that `Requires-Python` admits without a classifier is not a finding, nor is a system for which no wheel is built at all, or
//! whose wheels begin with a newer Python. Classifiers without a version, `Free Threading` and `Implementation :: PyPy`, are taken for
//! kept when some system has a wheel.
//!
//! ## Where it is specified
//!
//! The [list of classifiers](https://pypi.org/classifiers/), and
//! [Core metadata](https://packaging.python.org/en/latest/specifications/core-metadata/#classifier-multiple-use) for what they say;
//! [PEP 425](https://peps.python.org/pep-0425/) for the tags by which wheels are chosen.

use diagnostic::{Diagnostic, Evidence, Rule, some};

use crate::loads::Python;
use crate::release::{Cell, Family, PromisedBy, ReleaseFacts, Row};
use crate::target::Implementation;

pub(crate) static RULE: Rule = Rule::new(
    "WR0631",
    "release-promise-unserved",
    include_str!("promise_unserved.rs"),
);

/// How many systems are named.
const NAMED: usize = 6;

/// A Python, and the classifier that promises it.
type Promised<'f> = (Python, &'f str);

pub(super) fn check(facts: &ReleaseFacts) -> Vec<Diagnostic> {
    let mut groups: Vec<(Vec<Family>, Vec<Promised<'_>>)> = Vec::new();
    for promised in &facts.promised {
        if let PromisedBy::Classifier { classifier } = &promised.by {
            let systems = unserved(facts, promised.python);
            let one = (promised.python, classifier.as_str());
            match groups.iter_mut().find(|(known, _)| *known == systems) {
                Some((_, pythons)) => pythons.push(one),
                None => groups.push((systems, vec![one])),
            }
        }
    }
    groups
        .into_iter()
        .filter(|(systems, _)| !systems.is_empty())
        .filter_map(|(systems, pythons)| finding(facts, &systems, &pythons))
        .collect()
}

/// The systems that have wheels, and none for this Python.
fn unserved(facts: &ReleaseFacts, python: Python) -> Vec<Family> {
    let Some(column) = facts.pythons.iter().position(|one| *one == python) else {
        return Vec::new();
    };
    let built: Vec<&Row> = facts.rows.iter().filter(|row| row.has_wheel()).collect();
    let lacking: Vec<&Row> = built
        .iter()
        .filter(|row| matches!(row.cells.get(column), Some(Cell::Sdist | Cell::Nothing)))
        .copied()
        .collect();
    let is_everywhere = lacking.len() == built.len();
    let names_version =
        python.implementation == Implementation::CPython && !python.is_free_threaded();
    lacking
        .into_iter()
        .filter(|row| is_everywhere || (names_version && !is_dropped(facts, row, column)))
        .map(|row| row.system.clone())
        .collect()
}

fn finding(
    facts: &ReleaseFacts,
    systems: &[Family],
    pythons: &[Promised<'_>],
) -> Option<Diagnostic> {
    let built = facts.rows.iter().filter(|row| row.has_wheel()).count();
    let names: Vec<String> = systems.iter().map(ToString::to_string).collect();
    let how_many = match systems.len() {
        count if count == built => "no system has a wheel".to_owned(),
        1 => "1 system has no wheel".to_owned(),
        count => format!("{count} systems have no wheel"),
    };
    let falls = if facts.sdist.is_some() {
        "installers fall back on the source distribution"
    } else {
        "installers find nothing there"
    };
    let promised: Vec<String> = pythons.iter().map(|(python, _)| name(*python)).collect();
    let (_, classifier) = pythons.first()?;
    Some(
        RULE.finding(format!(
            "the classifiers of {} {} promise {}, for which {how_many}",
            facts.distribution,
            facts.version,
            listed(&promised)
        ))
        .because(Evidence::mismatch(
            *classifier,
            "a wheel on each system that has wheels",
            format!("none on {}: {falls}", some(&names, NAMED)),
        ))
        .hint("build the wheels that are missing, or take the classifier out until they are there"),
    )
}

/// Names in a sentence: `a, b and c`.
fn listed(names: &[String]) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((one, _)) => one.clone(),
        None => String::new(),
    }
}

/// Whether a system has wheels for newer Pythons alone: many projects build fewer for rarer systems, and begin with a newer one.
fn is_dropped(facts: &ReleaseFacts, row: &Row, column: usize) -> bool {
    let is_older_served = facts
        .pythons
        .iter()
        .zip(&row.cells)
        .take(column)
        .any(|(_, cell)| matches!(cell, Cell::Wheel { .. }));
    !is_older_served
}

/// How a Python is called in messages.
fn name(python: Python) -> String {
    let text = python.to_string();
    match (text.strip_prefix("pypy"), text.strip_suffix('t')) {
        (Some(version), _) => format!("PyPy {version}"),
        (None, Some(version)) => format!("free-threaded Python {version}"),
        (None, None) => format!("Python {text}"),
    }
}
