//! A release's metadata promises a Python that has no wheel on a system where other Pythons have one.
//!
//! Classifiers such as `Programming Language :: Python :: 3.15` tell users, and tools that check which Pythons a
//! project supports, that the release works there. For a Python without a wheel, an installer falls back to the source
//! distribution, which the user has to compile with a Rust toolchain; without a source distribution there's nothing to
//! install.
//!
//! ## Example
//!
//! ```text
//! WR0631 the classifiers of fast 1.0 promise Python 3.15, for which 4 systems have no wheel
//! ```
//!
//! Here the classifier was added, but the list of Pythons in the job that builds the wheels wasn't updated.
//!
//! ## What to do
//!
//! Build the missing wheels, or remove the classifier until they exist. `wr inspect --release` shows which wheel serves
//! which Python, and the smallest number of wheels that would do: a wheel for the stable ABI, such as `cp311-abi3`,
//! serves all later Pythons too.
//!
//! There's no finding for a Python that `Requires-Python` allows without a classifier, or for a system that has no
//! wheels at all or only wheels for newer Pythons. Classifiers without a version, `Free Threading` and
//! `Implementation :: PyPy`, count as kept if any system has a wheel.
//!
//! ## Where it is specified
//!
//! The [list of classifiers](https://pypi.org/classifiers/), and
//! [Core metadata](https://packaging.python.org/en/latest/specifications/core-metadata/#classifier-multiple-use) for
//! what they say; [PEP 425](https://peps.python.org/pep-0425/) for the tags that installers choose wheels by.

use diagnostic::{Diagnostic, Evidence, Rule, some};

use crate::loads::Python;
use crate::release::{Cell, Family, PromisedBy, ReleaseFacts, Row};
use crate::target::Implementation;

pub(crate) static RULE: Rule = Rule::new(
    "WR0631",
    "release-promise-unmet",
    include_str!("promise_unmet.rs"),
);

/// How many systems the finding names.
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

/// The systems that have wheels, but none for this Python.
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
        "installers fall back to the source distribution"
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
        .hint("build the missing wheels, or remove the classifier until they exist"),
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

/// Whether a system only has wheels for newer Pythons: many projects build fewer wheels for rarer systems, and start
/// with a newer Python.
fn is_dropped(facts: &ReleaseFacts, row: &Row, column: usize) -> bool {
    let is_older_served = facts
        .pythons
        .iter()
        .zip(&row.cells)
        .take(column)
        .any(|(_, cell)| matches!(cell, Cell::Wheel { .. }));
    !is_older_served
}

/// The name of a Python in messages.
fn name(python: Python) -> String {
    let text = python.to_string();
    match (text.strip_prefix("pypy"), text.strip_suffix('t')) {
        (Some(version), _) => format!("PyPy {version}"),
        (None, Some(version)) => format!("free-threaded Python {version}"),
        (None, None) => format!("Python {text}"),
    }
}
