//! The rules for wheels: are the tags truthful, and is the wheel what it says it is?

pub(crate) mod damaged;
pub(crate) mod disguised;
pub(crate) mod library_missing;
mod library_unreached;
pub(crate) mod macos_too_old;
pub(crate) mod mobile_too_old;
pub(crate) mod names_differ;
pub(crate) mod other_python;
pub(crate) mod platform_mismatch;
pub(crate) mod policy_unmet;
pub(crate) mod pure_tag;
pub(crate) mod python_excluded;
pub(crate) mod record;
pub(crate) mod refused;
pub(crate) mod same_name;
pub(crate) mod startup;
pub(crate) mod suffix_against_tag;
pub(crate) mod uncompared;
pub(crate) mod unportable;
pub(crate) mod zip_irregular;

use std::collections::HashSet;

use diagnostic::Diagnostic;

use super::name::Platform;
use super::{Tag, WheelExtension, WheelFacts};
use crate::expectation::Expectation;
use crate::names::{AbiTag, FileName};
use crate::rules::{self, build_search_path, not_loadable};
use crate::target::Implementation;

pub(super) fn judge(facts: &WheelFacts) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = [
        damaged::check,
        refused::check,
        names_differ::check,
        python_excluded::check,
        pure_tag::check,
        platform_mismatch::check,
        policy_unmet::check,
        library_unreached::check,
        library_missing::check,
        macos_too_old::check,
        mobile_too_old::check,
        other_python::check,
        unportable::check,
        record::check,
        uncompared::check,
        zip_irregular::check,
        disguised::check,
        startup::check,
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
    // A file that no Python considers isn't also blamed for the symbols it needs.
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

/// What the tags promise about an extension.
fn expected(facts: &WheelFacts, extension: &WheelExtension) -> Expectation {
    let expected = Expectation::new().file_name(&extension.path);
    // A file for one version sits next to the one for all, and promises nothing to other versions.
    if let Some(AbiTag::Version { implementation, .. }) = FileName::parse(&extension.path).tag() {
        return expected.implementation(implementation);
    }
    let expected = match implementation(facts) {
        Some(implementation) => expected.implementation(implementation),
        None => expected,
    };
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

/// The Python implementation that all tags are for, if there's just one.
fn implementation(facts: &WheelFacts) -> Option<Implementation> {
    let of = |tag: &Tag| {
        if tag.python.starts_with("cp") {
            Some(Implementation::CPython)
        } else if tag.python.starts_with("pp") {
            Some(Implementation::PyPy)
        } else {
            None
        }
    };
    let first = of(facts.name.tags.first()?)?;
    let is_same = |tag: &Tag| of(tag) == Some(first);
    facts.name.tags.iter().all(is_same).then_some(first)
}

/// The binaries that don't work where the wheel is installed: extensions and installed scripts. Other programs and
/// libraries may be helpers for other systems, but if a wheel has nothing else, at least one of them has to work.
fn misfits(facts: &WheelFacts, is_right: impl Fn(&WheelExtension) -> bool) -> Vec<&WheelExtension> {
    let (scripts, others): (Vec<_>, Vec<_>) = facts
        .libraries
        .iter()
        .partition(|one| super::entry_names::is_script(&one.path));
    if facts.extensions.is_empty() && scripts.is_empty() {
        return if others.iter().any(|one| is_right(one)) {
            Vec::new()
        } else {
            others
        };
    }
    let used = facts.extensions.iter().chain(scripts);
    used.filter(|one| !is_right(one)).collect()
}

/// How many more there are than the one a message names, in the message's words.
fn others(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => ", and 1 other".to_owned(),
        rest => format!(", and {rest} others"),
    }
}

/// The platforms of the wheel's tags, without duplicates, both as written and parsed.
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
