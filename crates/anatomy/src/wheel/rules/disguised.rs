//! A file in the wheel is machine code, and its name says that it's something else.
//!
//! What a file is shows in its first bytes. This one begins as a shared library or a program does, and is called like a source
//! file, a text or a picture. Python can't import it under this name, and whoever looks through the wheel takes it for
//! something else. A package may still load it, with `ctypes` or by renaming it first. Names that promise nothing, such as
//! `data.bin`, are a fact in the report and not a finding. `wr inspect` says of it:
//!
//! ```text
//! `fast/_version.py` is not what its name says: it's machine code, ELF shared library
//! ```
//!
//! ## Example
//!
//! `fast/_version.py` is a shared library for Linux.
//!
//! ## What to do
//!
//! Find out why it is so before you install the wheel. If it's yours, give the file the name of what it is.
//!
//! ## Where it is specified
//!
//! Nowhere: it's a matter of honesty. The first bytes are those of
//! [ELF](https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html),
//! [PE](https://learn.microsoft.com/windows/win32/debug/pe-format) and Mach-O.

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use super::others;
use crate::facts::Kind;
use crate::wheel::{WheelExtension, WheelFacts};

pub(crate) static RULE: Rule = Rule::new(
    "WR0618",
    "wheel-disguised-binary",
    include_str!("disguised.rs"),
);

/// More files than these say nothing more.
const SHOWN: usize = 5;

/// Endings of files that aren't machine code.
const OTHER: [&str; 30] = [
    "py", "pyi", "pyc", "pyx", "txt", "md", "rst", "json", "yaml", "yml", "toml", "cfg", "ini",
    "html", "css", "js", "csv", "xml", "png", "jpg", "jpeg", "gif", "svg", "ico", "pdf", "ttf",
    "woff", "zip", "gz", "pth",
];

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let programs = facts.libraries.iter().chain(&facts.other_binaries);
    let disguised: Vec<&WheelExtension> = programs
        .filter(|one| {
            matches!(
                one.facts.kind,
                Kind::SharedLibrary | Kind::RustDylib | Kind::Executable
            )
        })
        .filter(|one| {
            let ending = one.path.rsplit_once('.').map(|(_, ending)| ending);
            ending
                .is_some_and(|ending| OTHER.iter().any(|other| other.eq_ignore_ascii_case(ending)))
        })
        .collect();
    let first = disguised.first()?;
    let others = others(disguised.len() - 1);
    let what = |one: &WheelExtension| format!("{} {}", one.facts.format, one.facts.kind);
    let finding = RULE
        .finding(format!(
            "`{}` is not what its name says: it's machine code, {}{others}",
            first.path,
            what(first)
        ))
        .severity(Severity::Warning);
    let finding = disguised.iter().take(SHOWN).fold(finding, |finding, one| {
        let ending = one.path.rsplit('.').next().unwrap_or_default();
        finding.because(Evidence::mismatch(
            &one.path,
            format!("a file of the kind `.{ending}`"),
            what(one),
        ))
    });
    Some(
        finding.hint(
            "find out why before you install it; if it's yours, give it the name of what it is",
        ),
    )
}
