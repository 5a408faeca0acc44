//! `wr` can't write to the directory for its own files.
//!
//! `wr` keeps what it builds and remembers in the directory `.wr` of the course or project. If that can't be
//! written to, for example in a read-only checkout, it uses your user cache directory.
//!
//! ## Example
//!
//! A checkout on a read-only file system, with `WR_STATE_DIR` naming a directory in it:
//!
//! ```text
//! WR0409 /course/state cannot be used: Read-only file system (os error 30)
//! ```
//!
//! ## What to do
//!
//! Make the named directory writable, or name another with the environment variable `WR_STATE_DIR`.
//!
//! ## Where it is specified
//!
//! The README, "Where things are kept".

use std::path::Path;

use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

pub(crate) const RULE: Rule = Rule::new(
    "WR0409",
    "state-unwritable",
    include_str!("state_unwritable.rs"),
);

const HINT: &str = "make the directory writable, or name another with WR_STATE_DIR";

/// The finding for an error message that already names the directory.
pub(crate) fn from_message(message: &str) -> Diagnostic {
    RULE.finding(message).hint(HINT)
}

/// The finding for a symbolic link instead of one of `wr`'s own directories.
pub(crate) fn is_link(path: &Path) -> Diagnostic {
    RULE.finding(format!(
        "{} is a symbolic link: wr writes and removes files there, and doesn't follow links out of its own directory",
        path.display()
    ))
    .because(Evidence::at(SourceLocation::file(path.display().to_string())))
    .hint("remove the link, or name another directory with WR_STATE_DIR")
}

pub(crate) fn finding(path: &Path, reason: &str) -> Diagnostic {
    RULE.finding(format!("{} cannot be used: {reason}", path.display()))
        .because(Evidence::at_text(
            SourceLocation::file(path.display().to_string()),
            reason,
        ))
        .hint(HINT)
}
