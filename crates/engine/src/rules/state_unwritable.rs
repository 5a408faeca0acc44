//! `wr` cannot write into the directory it keeps its own files in.
//!
//! What `wr` builds and remembers lies in the directory `.wr` of the course or project; where that cannot be written, as in a
//! read-only checkout, in your user cache directory.
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

/// What was said already names the directory.
pub(crate) fn told(said: &str) -> Diagnostic {
    RULE.finding(said).hint(HINT)
}

/// A link where `wr` has made a directory.
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
