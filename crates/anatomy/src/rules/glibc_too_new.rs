//! The extension needs a newer C library than this system has.
//!
//! The GNU C library (glibc) versions its symbols, and a binary records which versions it was linked against. A binary
//! built on a newer system asks for versions that an older one doesn't have, so it won't load there:
//!
//! ```text
//! ImportError: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by /…/fast.so)
//! ```
//!
//! The other direction always works: a binary built on an old system loads on newer ones.
//!
//! ## Example
//!
//! The extension was built on Ubuntu 24.04 (glibc 2.39) and copied into a Debian 12 container (glibc 2.36).
//!
//! ## What to do
//!
//! Build it on this system. If others will use it, build against an old glibc: with `maturin build --zig
//! --compatibility manylinux2014`, or inside one of the manylinux images, as `maturin-action` does.
//!
//! ## Where it is specified
//!
//! [PEP 600](https://peps.python.org/pep-0600/) ties a wheel's `manylinux_2_17` tag to the oldest glibc it loads with;
//! symbol versioning itself is described in the [Linux Standard
//! Base](https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html).

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::expectation::{Expectation, Libc};
use crate::facts::Facts;

pub(crate) static RULE: Rule =
    Rule::new("WR0109", "glibc-too-new", include_str!("glibc_too_new.rs"));

pub(crate) const HINT: &str = "build it on this system, or against an older glibc (in a manylinux image or with `maturin \
                               build --zig`)";

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
            "the extension needs glibc {needed}, but this system has {host}"
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
