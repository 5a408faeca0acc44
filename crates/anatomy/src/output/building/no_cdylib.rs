//! The crate doesn't build a `cdylib`, so there's nothing to import.
//!
//! Python loads C-style shared libraries. Cargo only builds one if the manifest asks for it; by default a library
//! becomes an `rlib`, which is for other Rust crates. `cargo build` then succeeds, but there's nothing to import. If
//! the crate has a library, maturin asks cargo for a `cdylib` on its own, so the wheel may be fine; if it can't, it
//! says
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
//! Write `["cdylib", "rlib"]` if tests in `tests/`, benchmarks or other crates use the crate too.
//!
//! ## Where it is specified
//!
//! The cargo book under [the crate-type
//! field](https://doc.rust-lang.org/cargo/reference/cargo-targets.html#the-crate-type-field), the Rust reference under
//! [Linkage](https://doc.rust-lang.org/reference/linkage.html).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

/// The rule itself, for callers that know the cause from evidence other than printed output.
pub static RULE: Rule = Rule::new("WR0213", "no-cdylib", include_str!("no_cdylib.rs"));

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output.line_with(&["Cargo didn't build a", "cdylib"])?;
    Some(
        output
            .finding(
                &RULE,
                line,
                "the crate doesn't build a `cdylib`, so there is nothing for Python to import",
            )
            .hint(HINT),
    )
}

/// The line to add.
pub(crate) const HINT: &str = "write `crate-type = [\"cdylib\"]` under `[lib]` in Cargo.toml";
