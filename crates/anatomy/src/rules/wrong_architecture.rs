//! The extension was built for another processor than the interpreter's.
//!
//! A library's code can only be loaded into a process of its own architecture. Between an interpreter and an extension
//! of different architectures the import ends with
//!
//! ```text
//! ImportError: /…/fast.so: wrong ELF class: ELFCLASS32
//! ImportError: dlopen(/…/fast.so, 0x0002): … (mach-o file, but is an incompatible architecture (have 'arm64', need 'x86_64'))
//! ImportError: DLL load failed while importing fast: %1 is not a valid Win32 application.
//! ```
//!
//! It happens when Python itself is the odd one: an Intel Python under Rosetta on an Apple machine, a 32-bit Python on
//! 64-bit Windows; or when a wheel or file of another machine was copied in.
//!
//! ## Example
//!
//! On an Apple silicon Mac with an Intel Homebrew, `python3 -c "import platform; print(platform.machine())"` says
//! `x86_64`, while `rustc -vV` says `host: aarch64-apple-darwin`, and so builds for the other one.
//!
//! ## What to do
//!
//! Use an interpreter of the machine's own architecture, or build for the interpreter's:
//! `rustup target add x86_64-apple-darwin`, then `maturin build --target x86_64-apple-darwin`. On macOS
//! `--target universal2-apple-darwin` builds for both.
//!
//! ## Where it is specified
//!
//! The architecture stands in the file's header: `e_machine` and `EI_CLASS` in the System V gABI, `cputype` in Mach-O,
//! `Machine` in the [PE format](https://learn.microsoft.com/windows/win32/debug/pe-format).

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::expectation::Expectation;
use crate::facts::{Architecture, Facts};

/// The rule, for whoever knows the same from other evidence than a binary.
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
            "the extension was built for {found}, the interpreter is {wanted}"
        ))
        .because(Evidence::mismatch(
            format!("architecture of {}", expected.artifact()),
            wanted.to_string(),
            found,
        ))
        .hint(format!(
            "build for the interpreter's architecture (`--target {wanted}-…`), or use an interpreter of the machine's own"
        )),
    )
}
