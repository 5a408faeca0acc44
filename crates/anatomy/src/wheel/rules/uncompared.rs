//! A file in the wheel was not compared with its hash in `RECORD`, so nobody knows whether it's the file that was built.
//!
//! With `--check`, `wr inspect` compares every file with its hash. Here it could not: the file is larger than what is read of one
//! file or of a wheel, it can't be unpacked, or its hash is of a kind that isn't computed here. pip doesn't compare hashes at
//! all, and installs it.
//!
//! ```text
//! `fast/zeros.bin` was not compared with its hash in RECORD
//! ```
//!
//! ## Example
//!
//! A file of zeros with 2 GB, which takes 2 MB in the wheel.
//!
//! ## What to do
//!
//! Unpack the wheel with `wheel unpack`, which compares every file however large it is. If it's your wheel, use `sha256`.
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

/// More files than these say nothing more.
const SHOWN: usize = 5;

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let uncompared = &facts.uncompared;
    let first = uncompared.first()?;
    let others = others(uncompared.len() - 1);
    let finding = RULE
        .finding(format!(
            "`{}` was not compared with its hash in RECORD{others}",
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
