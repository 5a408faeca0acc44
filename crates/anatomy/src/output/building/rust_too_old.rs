//! The Rust toolchain is older than the code requires.
//!
//! A manifest can name an edition or the oldest rustc that the crate compiles with. This machine's toolchain is older:
//!
//! ```text
//! error: rustc 1.75.0 is not supported by the following package: pyo3@0.30.1 requires rustc 1.85
//! feature `edition2024` is required
//! this version of Cargo is older than the `2024` edition, and only supports `2015`, `2018`, and `2021` editions.
//! ```
//!
//! ## Example
//!
//! Rust comes from a distribution's packages, which are often one or two years old.
//!
//! ## What to do
//!
//! `rustup update stable`. If Rust came from the distribution's packages, install [rustup](https://rustup.rs) and use
//! that instead. A `rust-toolchain.toml` in the project may also pin an old version.
//!
//! ## Where it is specified
//!
//! The cargo book under [the rust-version field](https://doc.rust-lang.org/cargo/reference/rust-version.html) and [the
//! edition field](https://doc.rust-lang.org/cargo/reference/manifest.html#the-edition-field).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

/// The rule itself, for callers that know the cause from evidence other than printed output.
pub static RULE: Rule = Rule::new("WR0220", "rust-too-old", include_str!("rust_too_old.rs"));

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output
        .lines()
        .find(|line| {
            line.contains("error: rustc ")
                && line.contains(" is not supported by the following package")
        })
        .or_else(|| output.line_with(&["feature `edition2024` is required"]))
        .or_else(|| output.line_with(&["this version of Cargo is older than the `", "edition"]))?;
    let needed = output.line_with(&[" requires rustc "]);
    let finding = output.finding(
        &RULE,
        line,
        "the Rust toolchain is older than the code requires",
    );
    let finding = match needed {
        Some(needed) => finding.because(output.evidence(needed)),
        None => finding,
    };
    Some(finding.hint("update it with `rustup update stable`, and look for a `rust-toolchain.toml` that pins an old one"))
}
