//! Cargo stopped before or beside the compiler.
//!
//! Cargo could not build the crate, and not because of an error in the Rust code: a manifest asks for something
//! that does not exist, a dependency could not be fetched, or a build script failed.
//!
//! ## Example
//!
//! ```text
//! error: no matching package named `pyo4` found
//! ```
//!
//! ## What to do
//!
//! Read cargo's own words, which follow the finding: they name the manifest or the dependency. When a build script failed,
//! its last lines say why. Where something ended the build before it was done, the machine most often had no memory left.
//!
//! ## Where it is specified
//!
//! The cargo book, "The Manifest Format" and "Build Scripts".

use diagnostic::{Diagnostic, Evidence, Rule};

pub(crate) const RULE: Rule = Rule::new("WR0352", "cargo-failed", include_str!("cargo_failed.rs"));

pub(crate) fn finding(said: &str) -> Diagnostic {
    let first = said
        .lines()
        .map(str::trim)
        .find_map(|line| line.strip_prefix("error: "))
        .unwrap_or("cargo did not say why");
    RULE.finding(format!("cargo could not build the crate: {first}"))
        .because(Evidence::output("cargo", said.trim()))
        .hint("cargo's own words below name the manifest, the dependency or the build script to look at")
}

/// The finding, where cargo wants a package that it may not download.
pub(crate) fn offline(said: &str) -> Diagnostic {
    Diagnostic {
        hint: Some("let cargo reach its index once; what it has downloaded it finds again without a network".to_owned()),
        ..finding(said)
    }
}

/// The finding, where something ended cargo or a program that it started. `line` says so.
pub(crate) fn killed(line: &str) -> Diagnostic {
    RULE.finding("something ended the build before it was done")
        .because(Evidence::output("cargo", line.trim()))
        .hint("most often the machine had no memory left: close what takes much of it, or set CARGO_BUILD_JOBS=1")
}

/// The finding, where cargo was ended because it took longer than this.
pub(crate) fn timed_out(limit: std::time::Duration) -> Diagnostic {
    let minutes = limit.as_secs() / 60;
    RULE.finding(format!("the build was not done after {minutes} minutes"))
        .because(Evidence::output(
            "wr",
            format!("cargo was ended after {minutes} minutes"),
        ))
        .hint("see what it waits for: a network, a lock, or a build script that never ends")
}
