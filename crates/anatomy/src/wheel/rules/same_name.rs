//! Two files in the wheel have names that differ only in case.
//!
//! On Windows and on most macOS disks, `Fast.py` and `fast.py` are the same file. Only the one that's unpacked last
//! remains, and which one that is depends on the installer. The file then doesn't match `RECORD`, and an import finds
//! something different than on Linux. `wr inspect` says:
//!
//! ```text
//! `fast/README.md` and `fast/Readme.md` are the same file on a case-insensitive file system
//! ```
//!
//! ## Example
//!
//! `Readme.md` and `README.md` are both in a package because one was renamed on a system where that doesn't change
//! anything.
//!
//! ## What to do
//!
//! Remove or rename one of them. `git ls-files | sort -f | uniq -Di` shows which names occur twice.
//!
//! ## Where it is specified
//!
//! Nowhere in the wheel format. For Windows:
//! [file names are not case-sensitive](https://learn.microsoft.com/windows/win32/fileio/naming-a-file).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use super::others;
use crate::wheel::{Platform, WheelFacts};

pub(crate) static RULE: Rule = Rule::new("WR0610", "wheel-same-name", include_str!("same_name.rs"));

/// The finding lists at most this many files.
const SHOWN: usize = 5;

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let (one, other) = facts.same_names.first()?;
    // A wheel just for Linux is never unpacked on a case-insensitive file system.
    let is_for_linux = super::platforms(facts).all(|(_, platform)| {
        matches!(
            platform,
            Platform::Manylinux(..) | Platform::Musllinux(..) | Platform::Linux(_)
        )
    });
    let severity = if is_for_linux {
        Severity::Advice
    } else {
        Severity::Warning
    };
    let others = others(facts.same_names.len() - 1);
    let finding = RULE
        .finding(format!(
            "`{one}` and `{other}` are the same file on a case-insensitive file system{others}"
        ))
        .severity(severity);
    let finding = facts
        .same_names
        .iter()
        .take(SHOWN)
        .fold(finding, |finding, (one, other)| {
            finding.because(Evidence::mismatch(
                one,
                "a name that's unique regardless of case",
                other,
            ))
        });
    Some(finding.hint("remove or rename one of them"))
}
