//! The extension was built for a different C library than this system's.
//!
//! Linux systems come with one of two C libraries: glibc, the GNU C library (Debian, Fedora, most others), or musl
//! (Alpine). A binary built for one doesn't load with the other:
//!
//! ```text
//! ImportError: Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed by /…/fast.so)
//! ImportError: Error relocating /…/fast.so: __memcpy_chk: symbol not found
//! ImportError: libc.musl-x86_64.so.1: cannot open shared object file: No such file or directory
//! ```
//!
//! ## Example
//!
//! A file built on Ubuntu was copied into the image `python:3.12-alpine`.
//!
//! ## What to do
//!
//! Build for the target's C library: on the target itself, or with `--target x86_64-unknown-linux-musl` (plus `-C
//! target-feature=-crt-static`, without which you don't get a shared library) for musl, and `--target
//! x86_64-unknown-linux-gnu` for the GNU one. Wheels for musl are tagged `musllinux_1_1` or `musllinux_1_2`.
//!
//! ## Where it is specified
//!
//! [PEP 656](https://peps.python.org/pep-0656/) for musl wheels, [PEP 600](https://peps.python.org/pep-0600/) for glibc
//! wheels.

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::expectation::{Expectation, Libc};
use crate::facts::{Facts, Image, Platform};

pub(crate) static RULE: Rule = Rule::new("WR0110", "other-libc", include_str!("other_libc.rs"));

pub(crate) const HINT: &str = "build it on this system, or use a wheel for it: `musllinux` for musl, `manylinux` for the \
                               GNU C library";

pub(super) fn check(facts: &Facts, expected: &Expectation) -> Option<Diagnostic> {
    let (wanted, wrong) = match expected.expected_libc()? {
        Libc::Gnu(_) => ("the GNU C library", Platform::LinuxMusl),
        Libc::Musl => ("musl", Platform::LinuxGnu),
    };
    let image: &Image = facts.images.iter().find(|image| image.platform == wrong)?;
    let found = if wrong == Platform::LinuxMusl {
        "musl"
    } else {
        "the GNU C library"
    };
    let library = image
        .libraries
        .iter()
        .map(|library| library.name.as_str())
        .find(|name| name.starts_with("libc.") || name.starts_with("ld-musl-"))?;
    Some(
        RULE.finding(format!(
            "the extension was built for {found}, but this system has {wanted}"
        ))
        .because(Evidence::Section {
            name: format!("DT_NEEDED {library}"),
            binary: expected.artifact(),
        })
        .hint(HINT),
    )
}
