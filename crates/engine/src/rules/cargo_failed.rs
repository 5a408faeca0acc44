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
//! its last lines say why.
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
