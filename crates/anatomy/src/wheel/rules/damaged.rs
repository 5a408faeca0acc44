//! A file in the wheel can't be unpacked.
//!
//! Its compressed data is damaged or truncated, or the unpacked data doesn't match the checksum in the archive.
//! Installers stop there:
//!
//! ```text
//! zipfile.BadZipFile: Bad CRC-32 for file 'fast/__init__.py'
//! zlib.error: Error -3 while decompressing data: invalid stored block lengths
//! ```
//!
//! By default `wr inspect` only unpacks the binaries and the metadata; with `--check` it unpacks every file.
//!
//! ## Example
//!
//! One bit of the file flipped, on a failing disk or during the download.
//!
//! ## What to do
//!
//! Download or build the wheel again, and compare its hash with the one on the index.
//!
//! ## Where it is specified
//!
//! The zip file format, [APPNOTE](https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT) under 4.4.7.

use diagnostic::{Diagnostic, Evidence, Rule};

use super::others;
use crate::wheel::WheelFacts;

pub(crate) static RULE: Rule = Rule::new("WR0613", "wheel-damaged", include_str!("damaged.rs"));

/// The finding lists at most this many files.
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
    Some(finding.hint("download or build the wheel again"))
}
