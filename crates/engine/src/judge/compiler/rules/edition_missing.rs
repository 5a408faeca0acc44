//! The manifest names no edition, so `use` lines don't find the crates that it depends on.
//!
//! Without `edition` in `Cargo.toml`, Rust is the Rust of 2015. In that edition a `use` line starts at your own crate, so `use pyo3::…` looks for
//! a module of yours.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0433]: cannot find module or crate `pyo3` in the crate root
//!  --> src/lib.rs:1:5
//! help: if you wanted to use a crate named `pyo3`, use `cargo add pyo3`
//! ```
//!
//! ## What to do
//!
//! Name an edition:
//!
//! ```toml
//! [package]
//! name = "shapes"
//! version = "0.1.0"
//! edition = "2024"
//! ```
//!
//! The compiler proposes `extern crate pyo3;`, which helps with one crate only.
//!
//! ## Where it is specified
//!
//! The edition guide under [Path and module system changes](https://doc.rust-lang.org/edition-guide/rust-2018/path-changes.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0700",
        "edition-missing",
        include_str!("edition_missing.rs"),
    ),
    explain,
)
.with_consequences(is_consequence);

/// rustc proposes `extern crate` for the edition 2015 only.
fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let is_import = error.message.starts_with("cannot find module or crate");
    let proposes = error.notes.iter().any(|note| {
        [Some(&note.text), note.proposal.as_ref()]
            .into_iter()
            .flatten()
            .any(|text| text.contains("extern crate "))
    });
    (is_import && proposes).then(|| {
        Advice::new(
            "",
            "write `edition = \"2024\"` under `[package]` in Cargo.toml: without it, this is Rust 2015, whose `use` lines don't find the crates that you depend on",
        )
    })
}

/// Whether an error misses a name that a `use` line should have imported.
fn is_consequence(_: &str, error: &CompilerError) -> bool {
    let says = |text: &str| error.message.contains(text);
    (says("cannot find ") && !says("module or crate")) || says("unresolved import")
}
