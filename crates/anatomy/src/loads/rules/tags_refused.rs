//! No installer puts this wheel where you ask about: none of its tags is one of that Python on that platform.
//!
//! The tags at the end of a wheel's name say which Python, which ABI and which platform it is for. An installer compares them with
//! the list of the Python that it installs for, and refuses a wheel that isn't on it:
//!
//! ```text
//! ERROR: fast-1.0-cp312-cp312-manylinux_2_17_x86_64.whl is not a supported wheel on this platform.
//! ```
//!
//! ## Example
//!
//! A wheel of one version of Python is offered to another one; a wheel of the stable ABI (`abi3`) to a free-threaded build, which
//! has one of its own from 3.15 on (`abi3t`); one for glibc 2.34 to a system with 2.28.
//!
//! ## What to do
//!
//! Take or build the wheel for that Python and platform. To have one wheel for many versions, build with one of PyO3's
//! `abi3-py3…` features. For older systems, build against an older glibc: `maturin build --zig --compatibility manylinux_2_28`.
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
    let hint = match (&refusal.python, &refusal.platform) {
        (Some(_), None) => "take or build the wheel for this Python",
        (None, _) => "take or build the wheel for this platform",
        (Some(_), Some(_)) => "take or build the wheel for this Python and platform",
    };
    Some(
        RULE.finding(format!(
            "installers don't take `{} {}` for {} on {}: {}",
            name.distribution,
            name.version,
            host.name(),
            host.system(),
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
