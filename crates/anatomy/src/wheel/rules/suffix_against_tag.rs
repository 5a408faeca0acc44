//! An extension's suffix contradicts the wheel's tag, so the Python that installs it does not see it.
//!
//! The tag says for which Python the wheel is; the suffix of each extension says which Python looks at it. A
//! `cp312-cp312` wheel with `fast.cpython-311-….so` is installed by Python 3.12, which then says
//!
//! ```text
//! ModuleNotFoundError: No module named 'fast'
//! ```
//!
//! ## Example
//!
//! A stale file of an earlier build lay in the source tree and was packed; or an `abi3` wheel holds a file with the
//! suffix of one version.
//!
//! ## What to do
//!
//! Remove what earlier builds left (`git status --ignored` shows it), and build the wheel from a clean tree.
//!
//! ## Where it is specified
//!
//! [PEP 3149](https://peps.python.org/pep-3149/), [PEP 425](https://peps.python.org/pep-0425/).

use std::collections::{HashMap, HashSet};

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::expectation::Implementation;
use crate::names::{AbiTag, FileName};
use crate::wheel::{Tag, WheelExtension, WheelFacts};

pub(crate) static RULE: Rule = Rule::new(
    "WR0604",
    "suffix-against-tag",
    include_str!("suffix_against_tag.rs"),
);

/// More files than these say nothing more.
const SHOWN: usize = 5;

/// One finding for all the files: a wheel with the wrong tag has them all wrong.
pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let tag = facts.name.tags.first()?;
    let tag = format!("{}-{}", tag.python, tag.abi);
    let unseen = unseen(facts);
    let first = unseen.first()?;
    let others = match unseen.len() - 1 {
        0 => String::new(),
        1 => " and 1 other".to_owned(),
        rest => format!(" and {rest} others"),
    };
    let finding = RULE.finding(format!(
        "the wheel is tagged `{tag}`, under which Python does not look at `{}`{others}",
        first.path
    ));
    let finding = unseen.iter().take(SHOWN).fold(finding, |finding, one| {
        finding.because(Evidence::mismatch("suffix", tag.clone(), one.path.clone()))
    });
    Some(finding.hint("remove what earlier builds left, and build the wheel from a clean tree"))
}

/// The extensions that none of the Pythons which the tags name looks at.
pub(super) fn unseen(facts: &WheelFacts) -> Vec<&WheelExtension> {
    // Only tags of CPython's versions say which suffix is seen; `py3-none` may hold files for several.
    let tags = &facts.name.tags;
    let is_for_versions = tags
        .iter()
        .all(|tag| tag.cpython().is_some() && tag.abi != "none");
    if !is_for_versions {
        return Vec::new();
    }
    let files: Vec<FileName> = facts
        .extensions
        .iter()
        .map(|extension| FileName::parse(&extension.path))
        .collect();
    let mut spellings: HashMap<Option<&str>, HashSet<&str>> = HashMap::new();
    for file in &files {
        let known = spellings.entry(file.module()).or_default();
        known.insert(file.as_str());
    }
    // Where the same module is there under another suffix, the file is merely left over, or chosen at run time.
    let has_twin = |file: &FileName| {
        spellings
            .get(&file.module())
            .is_some_and(|known| known.len() > 1)
    };
    facts
        .extensions
        .iter()
        .zip(&files)
        .filter(|(_, file)| !is_seen(tags, file) && !has_twin(file))
        .map(|(extension, _)| extension)
        .collect()
}

/// Whether a Python that one of the tags names looks at the file. What has no version in its suffix is seen by all.
fn is_seen(tags: &[Tag], file: &FileName) -> bool {
    let Some(AbiTag::Version {
        implementation: Implementation::CPython,
        version,
        threading,
    }) = file.tag()
    else {
        return true;
    };
    tags.iter().any(|tag| {
        tag.abi.starts_with("cp") && tag.cpython() == Some(version) && tag.threading() == threading
    })
}
