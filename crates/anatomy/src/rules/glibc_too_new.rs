//! The extension needs a newer C library than this system has.
//!
//! The GNU C library gives its functions versions, and a program records which it was linked with. One that was built
//! on a newer system asks for versions that an older one does not have, and does not load there:
//!
//! ```text
//! ImportError: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by /…/fast.so)
//! ```
//!
//! The other direction always works: what was built on an old system loads on newer ones.
//!
//! ## Example
//!
//! Built on Ubuntu 24.04 (glibc 2.39), copied into a container of Debian 12 (glibc 2.36).
//!
//! ## What to do
//!
//! Build it on this system; or, for others to use, build against an old C library: `maturin build --zig
//! --compatibility manylinux2014`, or inside one of the manylinux images, as `maturin-action` does.
//!
//! ## Where it is specified
//!
//! [PEP 600](https://peps.python.org/pep-0600/) ties a wheel's `manylinux_2_17` tag to the oldest glibc it loads with;
//! the versions themselves are described in the
//! [Linux Standard Base](https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html).

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::expectation::{Expectation, Libc};
use crate::facts::Facts;

pub(crate) static RULE: Rule =
    Rule::new("WR0109", "glibc-too-new", include_str!("glibc_too_new.rs"));

pub(crate) const HINT: &str = "build it on this system, or against an older glibc: in a manylinux image or with `maturin build --zig`";

pub(super) fn check(facts: &Facts, expected: &Expectation) -> Option<Diagnostic> {
    let Libc::Gnu(host) = expected.expected_libc()? else {
        return None;
    };
    let image = facts
        .images
        .iter()
        .find(|image| image.newest_glibc().is_some_and(|needed| needed > *host))?;
    let needed = image.newest_glibc()?;
    let version = format!("GLIBC_{needed}");
    let finding = RULE
        .finding(format!(
            "the extension needs glibc {needed}, this system has {host}"
        ))
        .because(Evidence::mismatch(
            "glibc",
            host.to_string(),
            needed.to_string(),
        ));
    let by = image
        .imports
        .iter()
        .filter(|import| import.version.as_deref() == Some(version.as_str()))
        .take(3)
        .fold(finding, |finding, import| {
            finding.because(Evidence::Symbol {
                name: format!("{}@{version}", import.name),
                binary: expected.artifact(),
            })
        });
    Some(by.hint(HINT))
}
