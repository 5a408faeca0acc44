//! No installer accepts this wheel there: none of its tags fits that Python on that platform.
//!
//! The tags at the end of a wheel's name say which Python, which ABI and which platform it's for. An installer compares
//! them with the list for the target Python, and refuses a wheel that isn't on it:
//!
//! ```text
//! ERROR: fast-1.0-cp312-cp312-manylinux_2_17_x86_64.whl is not a supported wheel on this platform.
//! ```
//!
//! ## Example
//!
//! You install a wheel for one Python version on another; a wheel for the stable ABI (`abi3`) on a free-threaded build,
//! which has its own since 3.15 (`abi3t`); or a wheel for glibc 2.34 on a system with 2.28.
//!
//! ## What to do
//!
//! Find or build a wheel for that Python and platform. To get one wheel for many versions, build with one of PyO3's
//! `abi3-py3…` features. For older systems, build against an older glibc:
//! `maturin build --zig --compatibility manylinux_2_28`.
//!
//! ## Where it is specified
//!
//! [PEP 425](https://peps.python.org/pep-0425/) for tags, [PEP 600](https://peps.python.org/pep-0600/) for manylinux,
//! [PEP 656](https://peps.python.org/pep-0656/) for musllinux, [PEP 803](https://peps.python.org/pep-0803/) for `abi3t`.

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::loads::Host;
use crate::wheel::{Tag, WheelName};

pub(crate) static RULE: Rule = Rule::new("WR0130", "tags-refused", include_str!("tags_refused.rs"));

pub(in crate::loads) fn check(name: &WheelName, host: &Host) -> Option<Diagnostic> {
    let refusal = host.tags().refusal(&name.tags)?;
    let own = host
        .tags()
        .iter()
        .next()
        .as_ref()
        .map_or_else(String::new, Tag::to_string);
    let (where_to, hint) = match (&refusal.python, &refusal.platform) {
        (Some(_), None) => (host.name(), "find or build a wheel for this Python"),
        (None, _) => (
            host.system().to_string(),
            "find or build a wheel for this platform",
        ),
        (Some(_), Some(_)) => (
            host.to_string(),
            "find or build a wheel for this Python and platform",
        ),
    };
    Some(
        RULE.finding(format!(
            "installers don't accept `{} {}` for {where_to}: {}",
            name.distribution,
            name.version,
            refusal.reason()
        ))
        .because(Evidence::mismatch(
            "tag",
            format!("one such as {own}"),
            refusal.tag.to_string(),
        ))
        .hint(hint),
    )
}
