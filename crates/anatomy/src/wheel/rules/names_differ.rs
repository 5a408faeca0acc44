//! The wheel's file name and its contents disagree.
//!
//! Installers choose a wheel by its file's name, and then read its metadata. When the two disagree, what is installed is
//! not what was chosen, and pip refuses:
//!
//! ```text
//! ERROR: fast has an invalid wheel, .dist-info directory 'slow-1.0.dist-info' does not start with 'fast'
//! ```
//!
//! ## Example
//!
//! A wheel was renamed by hand to make pip take it on another platform.
//!
//! ## What to do
//!
//! Build it anew for what it should be for. To add platform tags that are true, use `wheel tags`, which changes both.
//!
//! ## Where it is specified
//!
//! The Python packaging guide under
//! [Binary distribution format](https://packaging.python.org/en/latest/specifications/binary-distribution-format/).

use std::collections::BTreeSet;

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use crate::wheel::{Tag, WheelFacts};

pub(crate) static RULE: Rule = Rule::new(
    "WR0601",
    "wheel-names-differ",
    include_str!("names_differ.rs"),
);

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let name = &facts.name;
    let metadata = &facts.metadata;
    let pairs = [
        ("name", &name.distribution, &metadata.name),
        ("version", &name.version, &metadata.version),
    ];
    for (what, in_name, inside) in pairs {
        if let Some(inside) = inside
            && normal(in_name) != normal(inside)
        {
            return Some(
                RULE.finding(format!(
                    "the wheel is called `{in_name}` by its file's name and `{inside}` by METADATA"
                ))
                .because(Evidence::mismatch(what, in_name.clone(), inside.clone()))
                .hint("build it anew: a wheel cannot be renamed"),
            );
        }
    }
    let outside: BTreeSet<&Tag> = name.tags.iter().collect();
    let inside: BTreeSet<&Tag> = metadata.tags.iter().collect();
    if inside.is_empty() || outside == inside {
        return None;
    }
    let list = |tags: &BTreeSet<&Tag>| {
        tags.iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", ")
    };
    Some(
        RULE.finding("the tags in the wheel's file name and in WHEEL differ")
            .severity(Severity::Warning)
            .because(Evidence::mismatch("tags", list(&inside), list(&outside)))
            .hint("change tags with `wheel tags`, which changes both"),
    )
}

/// Names and versions have several spellings (PEP 503, PEP 440); what is left of them tells them apart.
fn normal(text: &str) -> String {
    text.chars()
        .filter(|letter| !matches!(letter, '-' | '_' | '.' | '+' | '!'))
        .flat_map(char::to_lowercase)
        .collect()
}
