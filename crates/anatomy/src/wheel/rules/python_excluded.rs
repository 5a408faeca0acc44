//! The wheel's `Requires-Python` excludes every Python that its tag allows.
//!
//! The tag in the file name says which Pythons can use the wheel, and `Requires-Python` in its metadata says which ones
//! may. Here no Python satisfies both, so nobody can install the wheel:
//!
//! ```text
//! ERROR: Package 'fast' requires a different Python: 3.12.4 not in '>=3.13'
//! ```
//!
//! ## Example
//!
//! `requires-python = ">=3.13"` was added to `pyproject.toml`, but the wheel was still built with Python 3.12.
//!
//! ## What to do
//!
//! Make the two agree: build with a Python that `requires-python` allows, or allow the one you build with.
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

/// No honest requirement is longer, and no honest name has more tags; trying them all would take too long.
const LONGEST: usize = 200;
const MOST_TAGS: usize = 20;

/// Later than any Python in the near future.
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
            "no Python can install the wheel: it's tagged `{tag}`, but requires Python `{required}`"
        ))
        .because(Evidence::mismatch("Requires-Python", tag, required))
        .hint("build it with a Python that `requires-python` allows, or allow the one it was built with"),
    )
}

/// The Python versions that accept a tag: a major version and a range of minor ones; `None` if unknown.
fn pythons(tag: &Tag) -> Option<(u8, RangeInclusive<u8>)> {
    let letters = tag
        .python
        .trim_end_matches(|letter: char| letter.is_ascii_digit());
    let digits = tag.python.get(letters.len()..)?;
    let PythonVersion { major, minor } = PythonVersion::from_digits(digits)?;
    let is_stable = tag.abi.starts_with("abi3");
    let last = match letters {
        // A tag for all Pythons includes later ones.
        "py" => LAST_MINOR,
        "cp" if is_stable => LAST_MINOR,
        "cp" | "pp" => minor,
        _ => return None,
    };
    Some((major, minor..=last.max(minor)))
}
