//! The extension was built for a different processor than the interpreter.
//!
//! A process can only load libraries for its own architecture. If the interpreter and the extension don't match, the
//! import fails with
//!
//! ```text
//! ImportError: /…/fast.so: wrong ELF class: ELFCLASS32
//! ImportError: dlopen(/…/fast.so, 0x0002): … (mach-o file, but is an incompatible architecture (have 'arm64', need 'x86_64'))
//! ImportError: DLL load failed while importing fast: %1 is not a valid Win32 application.
//! ```
//!
//! This happens when Python itself is the odd one out (an Intel Python under Rosetta on an Apple silicon Mac, a 32-bit
//! Python on 64-bit Windows), or when a wheel or file was copied from another machine.
//!
//! ## Example
//!
//! On an Apple silicon Mac with an Intel Homebrew, `python3 -c "import platform; print(platform.machine())"` prints
//! `x86_64`, while `rustc -vV` prints `host: aarch64-apple-darwin`, so Rust builds for the other architecture.
//!
//! ## What to do
//!
//! Use an interpreter for the machine's own architecture, or build for the interpreter's: `rustup target add
//! x86_64-apple-darwin`, then `maturin build --target x86_64-apple-darwin`. On macOS `--target universal2-apple-darwin`
//! builds for both.
//!
//! ## Where it is specified
//!
//! The file's header names the architecture: `e_machine` and `EI_CLASS` in the System V gABI, `cputype` in Mach-O,
//! `Machine` in the [PE format](https://learn.microsoft.com/windows/win32/debug/pe-format).

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::expectation::Expectation;
use crate::facts::{Architecture, Facts};

/// The rule itself, for callers that know the same cause from evidence other than a binary.
pub static RULE: Rule = Rule::new(
    "WR0105",
    "wrong-architecture",
    include_str!("wrong_architecture.rs"),
);

pub(super) fn check(facts: &Facts, expected: &Expectation) -> Option<Diagnostic> {
    let wanted = expected.expected_architecture()?;
    let known = |architecture: Architecture| architecture != Architecture::Other;
    if facts.images.is_empty()
        || facts
            .architectures()
            .any(|found| found == wanted || !known(found))
    {
        return None;
    }
    let found: Vec<String> = facts
        .architectures()
        .map(|architecture| architecture.to_string())
        .collect();
    let found = found.join(", ");
    Some(
        RULE.finding(format!(
            "the extension was built for {found}, but the interpreter is {wanted}"
        ))
        .because(Evidence::mismatch(
            format!("architecture of {}", expected.artifact()),
            wanted.to_string(),
            found,
        ))
        .hint(format!(
            "build for the interpreter's architecture (`--target {wanted}-…`), or use an interpreter for the machine's own"
        )),
    )
}
