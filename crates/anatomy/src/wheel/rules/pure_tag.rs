//! The wheel says that it is pure Python, and has an extension in it.
//!
//! A wheel tagged `py3-none-any` is installed on every system and every Python 3. The extension in it works on one of
//! them:
//!
//! ```text
//! ImportError: /…/fast.so: invalid ELF header
//! ModuleNotFoundError: No module named 'fast._fast'
//! ```
//!
//! `Root-Is-Purelib: true` in the file `WHEEL` says the same to installers: that the files belong where Python alone is kept.
//! Where a system keeps the two apart, as Fedora does in `lib` and `lib64`, the extension is installed in the wrong place.
//!
//! ## Example
//!
//! A build backend for pure Python packed a source tree in which a built extension lay.
//!
//! ## What to do
//!
//! Let maturin (or setuptools with `ext_modules`) build the wheel, which then knows its tags; or keep built files out of
//! the tree.
//!
//! ## Where it is specified
//!
//! [PEP 425](https://peps.python.org/pep-0425/), and of `Root-Is-Purelib`
//! [PEP 427](https://peps.python.org/pep-0427/).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use crate::wheel::WheelFacts;

pub(crate) static RULE: Rule = Rule::new("WR0606", "pure-tag", include_str!("pure_tag.rs"));

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let extension = facts.extensions.first()?;
    let path = &extension.path;
    let finding = if facts.name.tags.iter().all(|tag| tag.platform == "any") {
        RULE.finding(format!(
            "the wheel is tagged for any platform, and has the extension `{path}` in it"
        ))
        .because(Evidence::mismatch(
            format!("platform of {path}"),
            "any",
            extension.facts.format.to_string(),
        ))
    } else if facts.metadata.is_purelib == Some(true) {
        RULE.finding(format!(
            "the wheel says that it is pure Python, and has the extension `{path}` in it"
        ))
        .severity(Severity::Warning)
        .because(Evidence::mismatch("Root-Is-Purelib", "false", "true"))
    } else {
        return None;
    };
    Some(finding.hint("let maturin build the wheel, or keep built files out of the source tree"))
}
