//! The disk is full.
//!
//! Compiling needs disk space: a few hundred MiB once for the dependencies of an extension, and a few MiB more for
//! each exercise.
//!
//! ## Example
//!
//! ```text
//! error: failed to write `/…/libsetup.rmeta`: No space left on device (os error 28)
//! ```
//!
//! ## What to do
//!
//! Free some space and start again; you haven't lost any work. What `wr` builds for itself is in the directory
//! `.wr` of the course or project. You can delete it at any time: `wr` recreates it.
//!
//! ## Where it is specified
//!
//! errno(3), `ENOSPC`.

use std::path::Path;

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::system::System;

pub(crate) const RULE: Rule = Rule::new("WR0406", "no-space", include_str!("no_space.rs"));

/// The finding when a tool's output says that the disk is full.
pub(crate) fn in_output(from: &str, output: &str) -> Option<Diagnostic> {
    let line = output.lines().find(|line| {
        line.contains("No space left on device")
            || line.contains("os error 28")
            || line.contains("Disk quota exceeded")
            // A linker maps the file that it writes: if the disk has no room for a page, the kernel kills the linker.
            || line.contains("ld terminated with signal 7 [Bus error]")
    })?;
    Some(finding(Evidence::output(from, line.trim())))
}

/// The finding when a directory can't be written to any more: `ensurepip` fails without saying why.
pub(crate) fn in_directory(system: &dyn System, dir: &Path) -> Option<Diagnostic> {
    let probe = dir.join(format!(".space-{}", std::process::id()));
    let written = system.write(&probe, &vec![1; PROBE]);
    // A file that wasn't written completely may already be gone.
    let _ = system.remove(&probe);
    let error = written.err()?;
    (error.kind() == std::io::ErrorKind::StorageFull).then(|| {
        finding(Evidence::output(
            "wr",
            format!("{}: {error}", dir.display()),
        ))
    })
}

/// With less space than this, in bytes, nothing useful can be written.
const PROBE: usize = 1024 * 1024;

fn finding(evidence: Evidence) -> Diagnostic {
    RULE.finding("there is no space left on the disk")
        .because(evidence)
        .hint(
            "free some space and start again; you can delete the directory .wr, `wr` recreates it",
        )
}
