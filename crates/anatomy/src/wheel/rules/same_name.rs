//! Two files in the wheel have names that differ only in case.
//!
//! On Windows, and on most disks of macOS, `Fast.py` and `fast.py` are one file: of the two in the wheel the one that is
//! unpacked last remains, and which that is depends on the installer. Then a file is not what `RECORD` says of it, and an
//! import finds something else than on Linux. `wr inspect` says of it:
//!
//! ```text
//! `fast/README.md` and `fast/Readme.md` are one file where case does not count
//! ```
//!
//! ## Example
//!
//! `Readme.md` and `README.md` lie in a package since one was renamed on a system where that is no change.
//!
//! ## What to do
//!
//! Remove one of them, or give it another name. `git ls-files | sort -f | uniq -Di` shows which names there are twice.
//!
//! ## Where it is specified
//!
//! Nowhere in the format of wheels. Of Windows:
//! [file names are not case-sensitive](https://learn.microsoft.com/windows/win32/fileio/naming-a-file).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use super::others;
use crate::wheel::{Platform, WheelFacts};

pub(crate) static RULE: Rule = Rule::new("WR0610", "wheel-same-name", include_str!("same_name.rs"));

/// More files than these say nothing more.
const SHOWN: usize = 5;

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let (one, other) = facts.same_names.first()?;
    // A wheel for Linux alone is never unpacked where case does not count.
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
            "`{one}` and `{other}` are one file where case does not count{others}"
        ))
        .severity(severity);
    let finding = facts
        .same_names
        .iter()
        .take(SHOWN)
        .fold(finding, |finding, (one, other)| {
            finding.because(Evidence::mismatch(
                one,
                "a name that no other file has in any case",
                other,
            ))
        });
    Some(finding.hint("remove one of them, or give it another name"))
}
