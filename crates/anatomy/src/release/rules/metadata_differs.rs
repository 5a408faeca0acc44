//! The wheels in a release have different requirements.
//!
//! Resolvers read one wheel's metadata and assume that it applies to all of them: uv and Poetry write a release's
//! requirements into a lock file once, for every platform. If another wheel in the release has different requirements,
//! installing from the lock file leaves out a package or adds one too many.
//!
//! ## Example
//!
//! ```text
//! WR0630 the wheels of fast 1.0 have different requirements: `numpy>=2` isn't in all of them
//! ```
//!
//! This happens when a `setup.py` computes its requirements on the build machine, or when CI jobs built different
//! commits.
//!
//! ## What to do
//!
//! Give all wheels the same requirements, and use environment markers to say which platform or Python needs one:
//! `numpy>=2; sys_platform == "linux"`. Then build all wheels from the same commit.
//!
//! ## Where it is specified
//!
//! The [specification of core metadata](https://packaging.python.org/en/latest/specifications/core-metadata/#dynamic)
//! lets a wheel differ from the source distribution only in `Dynamic` fields;
//! [uv's documentation](https://docs.astral.sh/uv/concepts/resolution/) says what a resolver assumes.

use std::collections::BTreeMap;

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::release::ReleasedWheel;

pub(crate) static RULE: Rule = Rule::new(
    "WR0630",
    "release-metadata-differs",
    include_str!("metadata_differs.rs"),
);

pub(super) fn check(wheels: &[ReleasedWheel<'_>]) -> Option<Diagnostic> {
    // Missing metadata can't differ: another rule reports a wheel without it.
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
        1 => ", and neither is 1 other".to_owned(),
        count => format!(", and neither are {count} others"),
    };
    let name = &first.facts.name;
    let lacking = wheels
        .iter()
        .find(|wheel| !files.contains(&wheel.file))
        .map_or("", |wheel| wheel.file);
    let having = files.first().copied().unwrap_or_default();
    Some(
        RULE.finding(format!(
            "the wheels of {} {} have different requirements: `{field}: {value}` isn't in all of them{others}",
            name.distribution, name.version
        ))
        .because(Evidence::mismatch(
            *field,
            format!("{value} in {having}"),
            format!("not in {lacking}"),
        ))
        .hint("give all wheels the same requirements, with environment markers for the differences"),
    )
}

/// A requirement without insignificant spaces, so that different spellings compare equal.
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
    fn spaces_and_quotes_do_not_change_a_requirement() {
        assert_eq!(
            plain("a >= 1 ; os_name == 'nt'"),
            plain("a>=1; os_name==\"nt\"")
        );
        assert_ne!(plain("a>=1; x in y"), plain("a>=1; xiny"));
    }
}
