//! The wheel is tagged as pure Python, and has an extension in it.
//!
//! A wheel tagged `py3-none-any` is installed on every system and every Python 3. The extension in it works on one of
//! them:
//!
//! ```text
//! ImportError: /…/fast.so: invalid ELF header
//! ModuleNotFoundError: No module named 'fast._fast'
//! ```
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
//! [PEP 425](https://peps.python.org/pep-0425/).

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::wheel::WheelFacts;

pub(crate) static RULE: Rule = Rule::new("WR0606", "pure-tag", include_str!("pure_tag.rs"));

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let is_pure = facts.name.tags.iter().all(|tag| tag.platform == "any");
    let extension = facts.extensions.first().filter(|_| is_pure)?;
    Some(
        RULE.finding(format!(
            "the wheel is tagged for any platform, and has the extension `{}` in it",
            extension.path
        ))
        .because(Evidence::mismatch(
            format!("platform of {}", extension.path),
            "any",
            extension.facts.format.to_string(),
        ))
        .hint("let maturin build the wheel, or keep built files out of the source tree"),
    )
}
