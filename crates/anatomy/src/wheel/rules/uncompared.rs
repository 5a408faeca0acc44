//! A file in the wheel wasn't compared with its hash in `RECORD`, so it may not be the file that was built.
//!
//! With `--check`, `wr inspect` compares every file with its hash. Here it couldn't: the file exceeds the limit on what
//! `wr` reads from one file or one wheel, it can't be unpacked, or `wr` doesn't support its kind of hash. pip doesn't
//! compare hashes at all, and installs it.
//!
//! ```text
//! `fast/zeros.bin` wasn't compared with its hash in RECORD
//! ```
//!
//! ## Example
//!
//! A 2 GB file of zeros, which takes up 2 MB in the wheel.
//!
//! ## What to do
//!
//! Unpack the wheel with `wheel unpack`, which compares every file, no matter how large. If it's your wheel, use
//! `sha256`.
//!
//! ## Where it is specified
//!
//! The Python packaging guide under
//! [the RECORD file](https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use super::others;
use crate::wheel::WheelFacts;

pub(crate) static RULE: Rule =
    Rule::new("WR0614", "wheel-uncompared", include_str!("uncompared.rs"));

/// The finding lists at most this many files.
const SHOWN: usize = 5;

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let uncompared = &facts.uncompared;
    let first = uncompared.first()?;
    let others = others(uncompared.len() - 1);
    let finding = RULE
        .finding(format!(
            "`{}` wasn't compared with its hash in RECORD{others}",
            first.path
        ))
        .severity(Severity::Warning);
    let finding = uncompared.iter().take(SHOWN).fold(finding, |finding, one| {
        finding.because(Evidence::Program {
            name: one.path.clone(),
            detail: Some(one.reason.clone()),
        })
    });
    Some(finding.hint("unpack it with `wheel unpack`, which compares every file"))
}
