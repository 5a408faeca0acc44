//! The wheel is only tagged for the Linux system it was built on.
//!
//! The tag `linux_x86_64` says nothing about the C library or other libraries, so indexes refuse it:
//!
//! ```text
//! 400 Binary wheel 'fast-1.0-cp312-cp312-linux_x86_64.whl' has an unsupported platform tag 'linux_x86_64'.
//! ```
//!
//! For your own machine or a container the wheel is as good as any. There are no policies for `armv6l`, so the Python
//! Package Index accepts `linux_armv6l`, and also `linux_armv7l`, from the time before that had policies; this rule
//! doesn't apply to these two.
//!
//! ## Example
//!
//! You ran `maturin build` on a system newer than every policy, or with `--compatibility linux`.
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

/// Tags that the index accepts anyway.
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
            "the wheel is tagged `{tag}`, which promises nothing beyond the system it was built on"
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
