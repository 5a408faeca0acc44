//! The wheel is tagged for the Linux that it was built on, and for no other.
//!
//! The tag `linux_x86_64` says nothing of the C library or of other libraries. Indexes therefore refuse it:
//!
//! ```text
//! 400 Binary wheel 'fast-1.0-cp312-cp312-linux_x86_64.whl' has an unsupported platform tag 'linux_x86_64'.
//! ```
//!
//! For your own machine or a container the wheel is as good as any. There are no policies for `armv6l`, so the Python Package Index takes
//! `linux_armv6l`, and `linux_armv7l` from the time when there were none for it; of these nothing is said.
//!
//! ## Example
//!
//! `maturin build` on a system that is newer than every policy, or with `--compatibility linux`.
//!
//! ## What to do
//!
//! To publish it, build in a manylinux image or with `maturin build --zig --compatibility manylinux2014`.
//!
//! ## Where it is specified
//!
//! [PEP 513](https://peps.python.org/pep-0513/#rationale), [PEP 600](https://peps.python.org/pep-0600/).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use super::platforms;
use crate::wheel::{Platform, WheelFacts};

pub(crate) static RULE: Rule =
    Rule::new("WR0607", "unportable-wheel", include_str!("unportable.rs"));

/// Tags that the index takes all the same.
const TAKEN: [&str; 2] = ["linux_armv6l", "linux_armv7l"];

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    if !platforms(facts).all(|(_, platform)| matches!(platform, Platform::Linux(_))) {
        return None;
    }
    let tag = &facts.name.tags.first()?.platform;
    if platforms(facts).all(|(tag, _)| TAKEN.contains(&tag)) {
        return None;
    }
    Some(
        RULE.finding(format!(
            "the wheel is tagged `{tag}`: it promises nothing beyond the system it was built on"
        ))
        .severity(Severity::Advice)
        .because(Evidence::mismatch(
            "platform tag",
            "manylinux or musllinux",
            tag.clone(),
        ))
        .hint("to publish it, build in a manylinux image or with `maturin build --zig`"),
    )
}
