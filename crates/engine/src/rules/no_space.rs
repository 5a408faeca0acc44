//! The disk is full.
//!
//! Compiling needs room: the dependencies of an extension take a few hundred MiB once, and every exercise a few MiB more.
//!
//! ## Example
//!
//! ```text
//! error: failed to write `/…/libsetup.rmeta`: No space left on device (os error 28)
//! ```
//!
//! ## What to do
//!
//! Make room and start again; nothing of yours was lost. What `wr` built for itself lies in the directory `.wr` of the course
//! or project and may be deleted at any time: it is made anew.
//!
//! ## Where it is specified
//!
//! errno(3), `ENOSPC`.

use std::path::Path;

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::system::System;

pub(crate) const RULE: Rule = Rule::new("WR0406", "no-space", include_str!("no_space.rs"));

/// The finding, where a tool's output says that the disk is full.
pub(crate) fn in_output(from: &str, said: &str) -> Option<Diagnostic> {
    let line = said.lines().find(|line| {
        line.contains("No space left on device")
            || line.contains("os error 28")
            || line.contains("Disk quota exceeded")
            // A linker maps the file that it writes: where the disk has no room for a page, the kernel ends it.
            || line.contains("ld terminated with signal 7 [Bus error]")
    })?;
    Some(finding(Evidence::output(from, line.trim())))
}

/// The finding, where nothing can be written to a directory any more: `ensurepip` fails without saying why.
pub(crate) fn in_directory(system: &dyn System, dir: &Path) -> Option<Diagnostic> {
    let probe = dir.join(format!(".space-{}", std::process::id()));
    let written = system.write(&probe, &vec![1; PROBE]);
    // What was not written whole need not be removed.
    let _ = system.remove(&probe);
    let error = written.err()?;
    (error.kind() == std::io::ErrorKind::StorageFull).then(|| {
        finding(Evidence::output(
            "wr",
            format!("{}: {error}", dir.display()),
        ))
    })
}

/// Less room than this, in bytes, is too little for whatever was being made.
const PROBE: usize = 1024 * 1024;

fn finding(evidence: Evidence) -> Diagnostic {
    RULE.finding("there is no space left on the disk")
        .because(evidence)
        .hint("make room and start again; the directory .wr may be deleted, it is made anew")
}
