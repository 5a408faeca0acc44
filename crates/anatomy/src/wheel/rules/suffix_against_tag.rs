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

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::expectation::Implementation;
use crate::names::{AbiTag, FileName};
use crate::wheel::{Tag, WheelExtension, WheelFacts};

pub(crate) static RULE: Rule = Rule::new(
    "WR0604",
    "suffix-against-tag",
    include_str!("suffix_against_tag.rs"),
);

pub(super) fn check(facts: &WheelFacts, extension: &WheelExtension) -> Option<Diagnostic> {
    let file = FileName::parse(&extension.path);
    let AbiTag::Version {
        implementation: Implementation::CPython,
        version,
        threading,
    } = file.tag()?
    else {
        return None;
    };
    // Only tags of CPython's versions say which suffix is seen; `py3-none` may hold files for several.
    let tags = &facts.name.tags;
    let is_for_versions = tags
        .iter()
        .all(|tag| tag.cpython().is_some() && tag.abi != "none");
    let sees = |tag: &Tag| {
        tag.abi.starts_with("cp") && tag.cpython() == Some(version) && tag.threading() == threading
    };
    if !is_for_versions || tags.iter().any(sees) || has_twin(facts, &file) {
        return None;
    }
    let tag = tags.first()?;
    Some(
        RULE.finding(format!(
            "the wheel is tagged `{}-{}`, under which Python does not look at `{}`",
            tag.python, tag.abi, extension.path
        ))
        .because(Evidence::mismatch(
            "suffix",
            format!("{}-{}", tag.python, tag.abi),
            file.as_str(),
        ))
        .hint("remove what earlier builds left, and build the wheel from a clean tree"),
    )
}

/// Whether the same module is there under another suffix: the file is then merely left over, or chosen at run time.
fn has_twin(facts: &WheelFacts, file: &FileName) -> bool {
    facts
        .extensions
        .iter()
        .map(|other| FileName::parse(&other.path))
        .any(|other| other.module() == file.module() && other.as_str() != file.as_str())
}
