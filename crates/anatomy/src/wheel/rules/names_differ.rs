//! The wheel's file name and its contents disagree.
//!
//! Installers choose a wheel by its file name and then read its metadata, which is in a directory named after the
//! distribution and version. If they disagree, or there are two such directories, what gets installed isn't what was
//! chosen, and pip refuses:
//!
//! ```text
//! ERROR: fast has an invalid wheel, .dist-info directory 'slow-1.0.dist-info' does not start with 'fast'
//! ```
//!
//! ## Example
//!
//! A wheel was renamed by hand to make pip accept it on another platform. Spelling doesn't matter: `1.0` and `1.0.0`
//! are the same version, `My.Package` and `my_package` the same name.
//!
//! ## What to do
//!
//! Rebuild it for the right target. To add truthful platform tags, use `wheel tags`, which changes both places.
//!
//! ## Where it is specified
//!
//! The Python packaging guide under
//! [Binary distribution format](https://packaging.python.org/en/latest/specifications/binary-distribution-format/);
//! [PEP 503](https://peps.python.org/pep-0503/#normalized-names) for names and [PEP 440](https://peps.python.org/pep-0440/)
//! for versions.

use std::collections::BTreeSet;

use diagnostic::{Diagnostic, Evidence, Rule, Severity, some};

use crate::wheel::{Tag, WheelFacts, WheelName};

pub(crate) static RULE: Rule = Rule::new(
    "WR0601",
    "wheel-names-differ",
    include_str!("names_differ.rs"),
);

/// The finding lists at most this many directories.
const SHOWN: usize = 5;

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    names(facts).or_else(|| tags(facts))
}

/// Three places contain the name and the version.
fn names(facts: &WheelFacts) -> Option<Diagnostic> {
    let WheelName {
        distribution,
        version,
        ..
    } = &facts.name;
    let is_other_name = |name: &&String| !facts.name.is_of_distribution(name);
    let is_other_version = |inside: &&String| !facts.name.is_of_version(inside);
    let metadata = &facts.metadata;
    let mut said = Vec::new();
    let mut evidence = Vec::new();
    if let Some(inside) = metadata.name.as_ref().filter(is_other_name) {
        said.push(format!(
            "the wheel is named `{distribution}` in its file name but `{inside}` in METADATA"
        ));
        evidence.push(Evidence::mismatch("name", distribution, inside));
    }
    if let Some(inside) = metadata.version.as_ref().filter(is_other_version) {
        said.push(format!(
            "the wheel has version {version} in its file name but {inside} in METADATA"
        ));
        evidence.push(Evidence::mismatch("version", version, inside));
    }
    let own = format!("{distribution}-{version}.dist-info");
    match facts.dist_info.as_slice() {
        [] => {}
        [one] if facts.name.owns(one) => {}
        [one] => {
            said.push(format!(
                "the wheel's file name says that its metadata is in `{own}`, but it's in `{one}`"
            ));
            evidence.push(Evidence::mismatch("metadata", own, one));
        }
        several => {
            let several: Vec<String> = several.iter().map(|one| format!("`{one}`")).collect();
            let several = some(&several, SHOWN);
            said.push(format!(
                "the wheel has several metadata directories: {several}"
            ));
            evidence.push(Evidence::mismatch("metadata", own, several));
        }
    }
    let finding = RULE.finding(said.into_iter().next()?);
    let finding = evidence.into_iter().fold(finding, Diagnostic::because);
    Some(finding.hint(if facts.dist_info.len() > 1 {
        "rebuild it: a wheel has exactly one such directory"
    } else {
        "rebuild it: a wheel can't simply be renamed"
    }))
}

fn tags(facts: &WheelFacts) -> Option<Diagnostic> {
    let outside: BTreeSet<&Tag> = facts.name.tags.iter().collect();
    let inside: BTreeSet<&Tag> = facts.metadata.tags.iter().collect();
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
        RULE.finding("the wheel's file name and WHEEL have different tags")
            .severity(Severity::Warning)
            .because(Evidence::mismatch("tags", list(&inside), list(&outside)))
            .hint("change tags with `wheel tags`, which changes both"),
    )
}
