//! The wheels of one release have different requirements.
//!
//! Resolvers read the metadata of one wheel and take it for all of them: uv and Poetry write the requirements of a release into a
//! lock file once, for every platform. Where another wheel of the release requires something else, an installation from the lock
//! lacks a package, or has one too many.
//!
//! ## Example
//!
//! ```text
//! WR0630 the wheels of fast 1.0 differ in their requirements: `numpy>=2` isn't in all of them
//! ```
//!
//! Such wheels come from a `setup.py` that computes its requirements on the machine that builds, or from jobs that built different
//! commits.
//!
//! ## What to do
//!
//! Give all wheels the same requirements, and say with an environment marker which platform or Python needs one:
//! `numpy>=2; sys_platform == "linux"`. Then build all of them from one commit.
//!
//! ## Where it is specified
//!
//! The [specification of core metadata](https://packaging.python.org/en/latest/specifications/core-metadata/#dynamic) lets a wheel
//! differ from the source distribution in fields that are `Dynamic` alone; the
//! [documentation of uv](https://docs.astral.sh/uv/concepts/resolution/) says what a resolver takes for granted.

use std::collections::BTreeMap;

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::release::ReleasedWheel;

pub(crate) static RULE: Rule = Rule::new(
    "WR0630",
    "release-metadata-differs",
    include_str!("metadata_differs.rs"),
);

pub(super) fn check(wheels: &[ReleasedWheel<'_>]) -> Option<Diagnostic> {
    // What isn't there can't differ: a wheel without metadata has a finding of its own.
    let wheels: Vec<&ReleasedWheel<'_>> = wheels
        .iter()
        .filter(|wheel| wheel.facts.has_metadata)
        .collect();
    let (first, _) = wheels.split_first()?;
    let mut fields: BTreeMap<(&str, String), Vec<&str>> = BTreeMap::new();
    for wheel in &wheels {
        let metadata = &wheel.facts.metadata;
        for requirement in &metadata.requires_dist {
            let files = fields
                .entry(("Requires-Dist", plain(requirement)))
                .or_default();
            if files.last() != Some(&wheel.file) {
                files.push(wheel.file);
            }
        }
        if let Some(required) = &metadata.requires_python {
            fields
                .entry(("Requires-Python", plain(required)))
                .or_default()
                .push(wheel.file);
        }
    }
    let different: Vec<_> = fields
        .iter()
        .filter(|(_, files)| files.len() < wheels.len())
        .collect();
    let (((field, value), files), rest) = different.split_first()?;
    let others = match rest.len() {
        0 => String::new(),
        1 => ", nor is 1 other".to_owned(),
        count => format!(", nor are {count} others"),
    };
    let name = &first.facts.name;
    let lacking = wheels
        .iter()
        .find(|wheel| !files.contains(&wheel.file))
        .map_or("", |wheel| wheel.file);
    let having = files.first().copied().unwrap_or_default();
    Some(
        RULE.finding(format!(
            "the wheels of {} {} differ in their requirements: `{field}: {value}` isn't in all of them{others}",
            name.distribution, name.version
        ))
        .because(Evidence::mismatch(
            *field,
            format!("{value} in {having}"),
            format!("not in {lacking}"),
        ))
        .hint("give all wheels the same requirements, with environment markers for what differs"),
    )
}

/// A requirement without spaces that mean nothing, so that two spellings are one.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut after_space = false;
    for letter in text.trim().chars() {
        if letter.is_whitespace() {
            after_space = true;
            continue;
        }
        let joins = |letter: char| letter.is_alphanumeric() || letter == '_';
        if after_space && plain.ends_with(joins) && joins(letter) {
            plain.push(' ');
        }
        after_space = false;
        plain.push(if letter == '\'' { '"' } else { letter });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn spaces_and_quotes_make_no_other_requirement() {
        assert_eq!(
            plain("a >= 1 ; os_name == 'nt'"),
            plain("a>=1; os_name==\"nt\"")
        );
        assert_ne!(plain("a>=1; x in y"), plain("a>=1; xiny"));
    }
}
