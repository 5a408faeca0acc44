//! A file in the wheel can't be unpacked.
//!
//! Its compressed bytes are damaged or break off, or what comes out of them doesn't have the checksum that the archive gives.
//! Installers stop there:
//!
//! ```text
//! zipfile.BadZipFile: Bad CRC-32 for file 'fast/__init__.py'
//! zlib.error: Error -3 while decompressing data: invalid stored block lengths
//! ```
//!
//! Without `--check`, `wr inspect` unpacks the binaries and the metadata; with it, every file.
//!
//! ## Example
//!
//! One bit of the file was changed, on a failing disk or on the way.
//!
//! ## What to do
//!
//! Fetch or build the wheel again, and compare its hash with that of the index.
//!
//! ## Where it is specified
//!
//! The format of zip files, [APPNOTE](https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT) under 4.4.7.

use diagnostic::{Diagnostic, Evidence, Rule};

use super::others;
use crate::wheel::WheelFacts;

pub(crate) static RULE: Rule = Rule::new("WR0613", "wheel-damaged", include_str!("damaged.rs"));

/// More files than these say nothing more.
const SHOWN: usize = 5;

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let first = facts.damaged.first()?;
    let others = others(facts.damaged.len() - 1);
    let finding = RULE.finding(format!("`{}` can't be unpacked{others}", first.path));
    let finding = facts
        .damaged
        .iter()
        .take(SHOWN)
        .fold(finding, |finding, one| {
            finding.because(Evidence::Program {
                name: one.path.clone(),
                detail: Some(one.reason.clone()),
            })
        });
    Some(finding.hint("fetch or build the wheel again"))
}
