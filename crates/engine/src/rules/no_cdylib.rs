//! The crate does not build a library that Python can load.
//!
//! Python loads extension modules as shared libraries with a C interface. Cargo builds such a library only when the
//! manifest asks for the crate type `cdylib`; left alone it builds an `rlib`, which only the Rust compiler can read.
//!
//! # Example
//!
//! ```text
//! [lib]
//! name = "setup"
//! ```
//!
//! # How to fix it
//!
//! Ask for it in `Cargo.toml`:
//!
//! ```toml
//! [lib]
//! crate-type = ["cdylib"]
//! ```
//!
//! Add `"rlib"` to the list when other crates or tests in `tests/` use the library as well.
//!
//! # Where it is specified
//!
//! The Rust reference, "Linkage"; the cargo book, `crate-type`.

use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

pub(crate) const RULE: Rule = Rule::new("WR0303", "no-cdylib", include_str!("no_cdylib.rs"));

pub(crate) fn finding(manifest: &str, crate_types: &[String]) -> Diagnostic {
    let found = if crate_types.is_empty() {
        "no crate-type, which means `rlib`".to_owned()
    } else {
        format!("crate-type = {crate_types:?}")
    };
    RULE.finding("the crate builds no library that Python can load")
        .because(Evidence::at(SourceLocation::file(manifest)))
        .because(Evidence::mismatch(
            "crate type",
            "crate-type = [\"cdylib\"]",
            found,
        ))
        .hint(format!(
            "write `crate-type = [\"cdylib\"]` under `[lib]` in {manifest}"
        ))
}
