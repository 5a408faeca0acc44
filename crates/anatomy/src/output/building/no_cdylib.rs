//! The crate does not build a `cdylib`, so there is nothing to import.
//!
//! Python loads shared libraries of the C kind. Cargo builds one only when the manifest asks for it; by default a
//! library becomes an `rlib`, which is for other Rust crates. `cargo build` then succeeds, and there is nothing to
//! import. maturin asks cargo for a `cdylib` by itself where the crate has a library, so the wheel may be in order; where
//! it cannot, it says
//!
//! ```text
//! 💥 maturin failed
//!   Caused by: Cargo didn't build a cdylib. Did you miss crate-type = ["cdylib"] in the lib section of your Cargo.toml?
//! ```
//!
//! ## Example
//!
//! ```toml
//! [package]
//! name = "fast"
//!
//! [dependencies]
//! pyo3 = "0.30"
//! ```
//!
//! ## What to do
//!
//! ```toml
//! [lib]
//! name = "fast"
//! crate-type = ["cdylib"]
//! ```
//!
//! Write `["cdylib", "rlib"]` when tests in `tests/`, benchmarks or other crates use the crate too.
//!
//! ## Where it is specified
//!
//! The cargo book under [the crate-type
//! field](https://doc.rust-lang.org/cargo/reference/cargo-targets.html#the-crate-type-field), the Rust reference under
//! [Linkage](https://doc.rust-lang.org/reference/linkage.html).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

/// The rule, for whoever knows the same from other evidence than a text.
pub static RULE: Rule = Rule::new("WR0213", "no-cdylib", include_str!("no_cdylib.rs"));

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output.line_with(&["Cargo didn't build a", "cdylib"])?;
    Some(
        output
            .finding(
                &RULE,
                line,
                "the crate builds no `cdylib`: there is nothing for Python to import",
            )
            .hint(HINT),
    )
}

/// The line to add.
pub(crate) const HINT: &str = "write `crate-type = [\"cdylib\"]` under `[lib]` in Cargo.toml";
