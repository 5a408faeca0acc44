//! The disk is full.
//!
//! Compiling needs room: the dependencies of an extension take a few hundred MiB once, and every exercise a few MiB more.
//!
//! # How to fix it
//!
//! Make room and start again; nothing of yours was lost. What `wr` built for itself lies in the directory `.wr` of the course
//! or project and may be deleted at any time: it is made anew.
//!
//! # Where it is specified
//!
//! errno(3), `ENOSPC`.

use diagnostic::{Diagnostic, Evidence, Rule};

pub(crate) const RULE: Rule = Rule::new("WR0406", "no-space", include_str!("no_space.rs"));

/// The finding, where a tool's output says that the disk is full.
pub(crate) fn in_output(from: &str, said: &str) -> Option<Diagnostic> {
    let line = said.lines().find(|line| {
        line.contains("No space left on device")
            || line.contains("os error 28")
            || line.contains("Disk quota exceeded")
    })?;
    Some(
        RULE.finding("there is no space left on the disk")
            .because(Evidence::output(from, line.trim()))
            .hint("make room and start again; the directory .wr may be deleted, it is made anew"),
    )
}
