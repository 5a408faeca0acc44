//! The wheel's archive has an irregular layout, so different tools may see different contents.
//!
//! A zip archive lists its contents twice: in a directory at its end, and in a header before each member. Installers,
//! which go by the directory, and tools that read from the beginning only see the same thing if both agree and the file
//! contains nothing else. Here they don't agree, or there's more in the file: data before the first member, between
//! members or after the end; a member that the directory doesn't list; a header whose size or checksum differs from the
//! directory's; or data that continues past the size that the member claims. pip installs such a wheel: it goes by the
//! directory, and unpacks as many bytes as that says. A scanner may look at different bytes than those that are
//! installed.
//!
//! The Python Package Index refuses most of these:
//!
//! ```text
//! 400 Invalid distribution file. ZIP archive not accepted: Trailing data
//! 400 Invalid distribution file. ZIP archive not accepted: Mis-matched data size
//! ```
//!
//! ## Example
//!
//! A script was prepended to a wheel to make it executable; or someone changed a wheel with a hex editor so that its
//! hash isn't compared.
//!
//! ## What to do
//!
//! If it's your wheel, unpack it with `wheel unpack` and pack it with `wheel pack`, which writes a new archive. If it
//! isn't, don't install it until you know who did this, and why.
//!
//! ## Where it is specified
//!
//! The zip file format, [APPNOTE](https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT) under 4.3; for what the
//! index refuses,
//! [Preventing ZIP parser confusion attacks](https://blog.pypi.org/posts/2025-08-07-wheel-archive-confusion-attacks/).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use super::others;
use crate::wheel::{Irregularity, IrregularityKind, WheelFacts};

pub(crate) static RULE: Rule = Rule::new(
    "WR0612",
    "wheel-zip-irregular",
    include_str!("zip_irregular.rs"),
);

/// The finding lists at most this many irregularities.
const SHOWN: usize = 5;

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let first = facts.irregular.first()?;
    let others = others(facts.irregular.len() - 1);
    let finding = RULE
        .finding(format!("{}{others}", message(first)))
        .severity(Severity::Warning);
    let finding = facts
        .irregular
        .iter()
        .take(SHOWN)
        .fold(finding, |finding, one| {
            let what = one.path.as_deref().unwrap_or("the archive");
            finding.because(Evidence::mismatch(what, &one.expected, &one.found))
        });
    Some(finding.hint(
        "repack it with `wheel unpack` and `wheel pack`; if it isn't your wheel, don't install it until you know why",
    ))
}

fn message(one: &Irregularity) -> String {
    let found = &one.found;
    match (one.kind, &one.path) {
        (IrregularityKind::Prefixed, _) => {
            format!("there is data before the first member: {found}")
        }
        (IrregularityKind::Trailing, _) => {
            format!("there is data after the end of the archive: {found}")
        }
        (IrregularityKind::Gap, _) => format!("there is data between the members: {found}"),
        (IrregularityKind::Count, _) => format!("the archive has {}, but {found}", one.expected),
        (IrregularityKind::Unlisted, Some(path)) => {
            format!("`{path}` is in the archive, but its directory doesn't list it")
        }
        (IrregularityKind::Longer, Some(path)) => {
            format!(
                "`{path}` continues past the {} that it claims",
                one.expected
            )
        }
        (IrregularityKind::Shorter, Some(path)) => {
            format!("`{path}` claims {}, but has {found}", one.expected)
        }
        (IrregularityKind::NoEnd, Some(path)) => {
            format!("the compressed data of `{path}` has no proper end")
        }
        (_, path) => {
            let path = path.as_deref().unwrap_or("the archive");
            format!("`{path}` has {}, but {found}", one.expected)
        }
    }
}
