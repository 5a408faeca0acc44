//! Rust builds for a different word size than the interpreter's.
//!
//! A 32-bit Python can't load a 64-bit extension, or vice versa. PyO3's build script compares them:
//!
//! ```text
//! error: your Rust target architecture (64-bit) does not match your python interpreter (32-bit)
//! ```
//!
//! ## Example
//!
//! On Windows, you picked the installer for 32-bit Python by mistake, while Rust's toolchain is
//! `x86_64-pc-windows-msvc`.
//!
//! ## What to do
//!
//! Install the Python for the machine's own architecture, or build for the other one:
//! `rustup target add i686-pc-windows-msvc`, then `--target i686-pc-windows-msvc`.
//!
//! ## Where it is specified
//!
//! PyO3 takes the interpreter's width from `struct.calcsize("P")`, and Rust's from the target triple; see [Platform
//! Support](https://doc.rust-lang.org/rustc/platform-support.html) in the rustc book.

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::{Output, between};

/// The rule itself, for callers that know the cause from evidence other than printed output.
pub static RULE: Rule = Rule::new("WR0205", "pointer-width", include_str!("pointer_width.rs"));

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output.line_with(&[
        "your Rust target architecture (",
        "does not match your python interpreter (",
    ])?;
    let rust = between(line, "architecture (", ")")?;
    let python = between(line, "python interpreter (", ")")?;
    Some(
        output
            .finding(
                &RULE,
                line,
                format!("Rust builds for {rust}, but the interpreter is {python}"),
            )
            .hint(format!(
                "use a {rust} Python, or build for a Rust target with {python}"
            )),
    )
}
