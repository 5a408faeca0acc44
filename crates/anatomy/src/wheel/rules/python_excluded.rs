//! The wheel's `Requires-Python` excludes every Python that its tag is for.
//!
//! The tag in the file's name says which Python takes the wheel, and `Requires-Python` in its metadata which may. Here no
//! Python does both, so nobody can install the wheel:
//!
//! ```text
//! ERROR: Package 'fast' requires a different Python: 3.12.4 not in '>=3.13'
//! ```
//!
//! ## Example
//!
//! `requires-python = ">=3.13"` was written into `pyproject.toml`, and the wheel was still built with Python 3.12.
//!
//! ## What to do
//!
//! Let the two say the same: build with a Python that `requires-python` allows, or allow the one that it is built with.
//!
//! ## Where it is specified
//!
//! The Python packaging guide under
//! [Requires-Python](https://packaging.python.org/en/latest/specifications/core-metadata/), and
//! [PEP 425](https://peps.python.org/pep-0425/) for tags.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use diagnostic::{Diagnostic, Evidence, Rule};
use pep440_rs::{Version, VersionSpecifiers};

use crate::target::PythonVersion;
use crate::wheel::{Tag, WheelFacts};

pub(crate) static RULE: Rule = Rule::new(
    "WR0609",
    "wheel-python-excluded",
    include_str!("python_excluded.rs"),
);

/// A longer requirement, or a name with more tags, is nobody's: trying them all would take its time.
const LONGEST: usize = 200;
const MOST_TAGS: usize = 20;

/// Later than any Python to come soon.
const LAST_MINOR: u8 = 99;
const LAST_PATCH: u64 = 60;

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let required = facts.metadata.requires_python.as_deref()?;
    let wanted: VersionSpecifiers = (required.len() <= LONGEST)
        .then(|| required.parse().ok())
        .flatten()?;
    let tags: BTreeSet<(&str, &str)> = facts
        .name
        .tags
        .iter()
        .map(|tag| (tag.python.as_str(), tag.abi.as_str()))
        .collect();
    if tags.is_empty() || tags.len() > MOST_TAGS {
        return None;
    }
    let is_excluded = |tag: &Tag| {
        pythons(tag).is_some_and(|(major, mut minors)| {
            !minors.any(|minor| {
                (0..=LAST_PATCH).any(|patch| {
                    wanted.contains(&Version::new([u64::from(major), u64::from(minor), patch]))
                })
            })
        })
    };
    let mut judged = BTreeSet::new();
    let is_for_nobody = facts
        .name
        .tags
        .iter()
        .filter(|tag| judged.insert((tag.python.as_str(), tag.abi.as_str())))
        .all(is_excluded);
    if !is_for_nobody {
        return None;
    }
    let tag = tags
        .iter()
        .map(|(python, abi)| format!("{python}-{abi}"))
        .collect::<Vec<_>>()
        .join(", ");
    Some(
        RULE.finding(format!(
            "no Python can install the wheel: it is tagged `{tag}`, and requires Python `{required}`"
        ))
        .because(Evidence::mismatch("Requires-Python", tag, required))
        .hint("build it with a Python that `requires-python` allows, or allow the one that it is built with"),
    )
}

/// The versions of Python that take a tag: a major version and a range of minor ones; nothing where that is not known.
fn pythons(tag: &Tag) -> Option<(u8, RangeInclusive<u8>)> {
    let letters = tag
        .python
        .trim_end_matches(|letter: char| letter.is_ascii_digit());
    let digits = tag.python.get(letters.len()..)?;
    let PythonVersion { major, minor } = PythonVersion::from_digits(digits)?;
    let is_stable = tag.abi.starts_with("abi3");
    let last = match letters {
        // A tag for all Pythons holds for the later ones too.
        "py" => LAST_MINOR,
        "cp" if is_stable => LAST_MINOR,
        "cp" | "pp" => minor,
        _ => return None,
    };
    Some((major, minor..=last.max(minor)))
}
