//! The database with the learner's progress cannot be used as it is.
//!
//! What you have opened and solved is recorded in `progress.db` among the exercises. When the file is damaged, the next command
//! keeps it under another name, begins a new one, and takes over all that can still be read. Nothing is ever overwritten.
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
//! Damage: run `wr`, and verify what is missing again with `wr check --all`. A backup may be put in its place at any time. A file that
//! cannot be read or written: give yourself the permission. One from a newer `wr`: update this one.
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
    RULE.finding("the progress database cannot be used as it is")
        .because(Evidence::at_text(
            SourceLocation::file(file.display().to_string()),
            reason,
        ))
        .hint("run `wr`: what can be read is kept, and nothing is overwritten; `wr explain WR0502` says more")
}
