//! A manifest without an edition. Rust is then that of 2015, in which a `use` line does not see the crates that are depended on.

use super::{ErrorMatcher, Kind, Meaning};
use crate::build::CompilerError;
use crate::judge::compiler::sources::Sources;

pub(super) const READINGS: &[ErrorMatcher] = &[missing];

/// Only of the edition 2015 does rustc propose `extern crate`.
fn missing(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let is_import = error.message.starts_with("cannot find module or crate");
    let proposes = error.notes.iter().any(|note| {
        [Some(&note.text), note.proposal.as_ref()]
            .into_iter()
            .flatten()
            .any(|text| text.contains("extern crate "))
    });
    (is_import && proposes).then(|| {
        Meaning::new(
            Kind::Edition,
            "",
            "write `edition = \"2024\"` under `[package]` in Cargo.toml: without it Rust is that of 2015, and `use` lines do not see the crates that you depend on",
        )
    })
}
