//! The rules over wheels: are the tags true, and is the wheel what it says?

mod library_unreached;
pub(crate) mod macos_untrue;
pub(crate) mod names_differ;
pub(crate) mod platform_untrue;
pub(crate) mod policy_untrue;
pub(crate) mod pure_tag;
pub(crate) mod python_excluded;
pub(crate) mod record;
pub(crate) mod refused;
pub(crate) mod same_name;
pub(crate) mod suffix_against_tag;
pub(crate) mod unportable;

use std::collections::HashSet;

use diagnostic::Diagnostic;

use super::name::Platform;
use super::{Tag, WheelExtension, WheelFacts};
use crate::expectation::Expectation;
use crate::names::{AbiTag, FileName};
use crate::rules::{self, build_search_path, not_loadable};

pub(super) fn judge(facts: &WheelFacts) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = [
        refused::check,
        names_differ::check,
        python_excluded::check,
        pure_tag::check,
        platform_untrue::check,
        policy_untrue::check,
        library_unreached::check,
        macos_untrue::check,
        unportable::check,
        record::check,
        same_name::check,
        suffix_against_tag::check,
    ]
    .into_iter()
    .filter_map(|check| check(facts))
    .collect();
    let damaged = &facts.unreadable;
    findings.extend(
        damaged
            .iter()
            .filter_map(|one| not_loadable::unreadable(&one.path, &one.reason)),
    );
    // A file that no Python looks at is not also blamed for what it asks of one.
    let unseen: HashSet<&str> = suffix_against_tag::unseen(facts)
        .into_iter()
        .map(|extension| extension.path.as_str())
        .collect();
    for extension in &facts.extensions {
        if !unseen.contains(extension.path.as_str()) {
            findings.extend(rules::judge(&extension.facts, &expected(facts, extension)));
        }
    }
    findings.extend(
        facts
            .binaries()
            .filter_map(|binary| build_search_path::check(&binary.path, &binary.facts)),
    );
    findings
}

/// What the tags promise of an extension.
fn expected(facts: &WheelFacts, extension: &WheelExtension) -> Expectation {
    let expected = Expectation::new().file_name(&extension.path);
    // A file for one version lies beside the one for all, and promises nothing to the others.
    if let Some(AbiTag::Version { .. }) = FileName::parse(&extension.path).tag() {
        return expected;
    }
    let stable_abi = facts
        .name
        .tags
        .iter()
        .filter(|tag| tag.abi == "abi3" || tag.abi == "abi3t")
        .filter_map(Tag::cpython)
        .min();
    match stable_abi {
        Some(version) => expected.stable_abi(version),
        None => expected,
    }
}

/// How many more there are than the one that a message names, as the message says it.
fn others(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => ", and 1 other".to_owned(),
        rest => format!(", and {rest} others"),
    }
}

/// The platforms of the wheel's tags, each once, as they are written and taken apart.
fn platforms(facts: &WheelFacts) -> impl Iterator<Item = (&str, Platform<'_>)> {
    let mut known = HashSet::new();
    facts
        .name
        .tags
        .iter()
        .map(|tag| tag.platform.as_str())
        .filter(move |tag| known.insert(*tag))
        .map(|tag| (tag, Platform::parse(tag)))
}
