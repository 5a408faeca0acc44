//! The target links everything statically, so it can't build shared libraries.
//!
//! Rust's musl targets link the C library statically by default. That rules out shared libraries, and cargo says
//!
//! ```text
//! error: cannot produce cdylib for `fast v0.1.0` as the target `x86_64-unknown-linux-musl` does not support these crate types
//! warning: dropping unsupported crate type `cdylib` for target `x86_64-unknown-linux-musl`
//! ```
//!
//! ## Example
//!
//! `cargo build --target x86_64-unknown-linux-musl` of an extension.
//!
//! ## What to do
//!
//! Link the C library dynamically: `RUSTFLAGS="-C target-feature=-crt-static"`, or in `.cargo/config.toml`:
//!
//! ```toml
//! [target.x86_64-unknown-linux-musl]
//! rustflags = ["-C", "target-feature=-crt-static"]
//! ```
//!
//! maturin does this for you.
//!
//! ## Where it is specified
//!
//! The Rust reference under [Static and dynamic C
//! runtimes](https://doc.rust-lang.org/reference/linkage.html#static-and-dynamic-c-runtimes).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

pub(crate) static RULE: Rule = Rule::new("WR0216", "musl-cdylib", include_str!("musl_cdylib.rs"));

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output
        .line_with(&[
            "cannot produce cdylib for",
            "does not support these crate types",
        ])
        .or_else(|| output.line_with(&["dropping unsupported crate type `cdylib` for"]))?;
    Some(
        output
            .finding(&RULE, line, "the target links everything statically, so it can't build shared libraries")
            .hint("set `RUSTFLAGS=\"-C target-feature=-crt-static\"`, or build with maturin, which does this for you"),
    )
}
