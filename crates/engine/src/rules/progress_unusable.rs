//! The progress database can't be used as it is.
//!
//! `progress.db`, next to the exercises, records what you have opened and solved. If the file is damaged, the next
//! command keeps it under another name, starts a new one, and copies everything that is still readable. Nothing is
//! ever overwritten.
//!
//! ## Example
//!
//! A disk that filled up, a synchronised folder that kept half of the file, a file that belongs to another user.
//!
//! ```text
//! sqlite3.DatabaseError: file is not a database
//! ```
//!
//! ## What to do
//!
//! If the file is damaged, run `wr`, then verify whatever is missing with `wr check --all`. You can also put a
//! backup in its place at any time. If the file can't be read or written, give yourself permission. If it comes
//! from a newer `wr`, update this one.
//!
//! ## Where it is specified
//!
//! The README, "Where things are kept".

use std::path::Path;

use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

pub(crate) const RULE: Rule = Rule::new(
    "WR0502",
    "progress-unusable",
    include_str!("progress_unusable.rs"),
);

/// The finding for a database and what is wrong with it.
pub(crate) fn finding(file: &Path, reason: &str) -> Diagnostic {
    RULE.finding("the progress database can't be used as it is")
        .because(Evidence::at_text(
            SourceLocation::file(file.display().to_string()),
            reason,
        ))
        .hint("run `wr`: it keeps everything that is readable and overwrites nothing; `wr explain WR0502` says more")
}
