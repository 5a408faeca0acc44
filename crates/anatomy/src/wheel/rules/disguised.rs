//! A file in the wheel is machine code, but its name says it's something else.
//!
//! A file's first bytes reveal what it is. This one starts like a shared library or a program, but is named like a
//! source file, a text file or an image. Python can't import it under this name, and anyone looking through the wheel
//! will take it for something else. A package may still load it, with `ctypes` or by renaming it first. Names that
//! don't promise anything, such as `data.bin`, are reported as a fact but aren't a finding. `wr inspect` says:
//!
//! ```text
//! `fast/_version.py` isn't what its name says: it's machine code, ELF shared library
//! ```
//!
//! ## Example
//!
//! `fast/_version.py` is a shared library for Linux.
//!
//! ## What to do
//!
//! Find out why before you install the wheel. If it's yours, rename the file to match its contents.
//!
//! ## Where it is specified
//!
//! Nowhere: it's a matter of honesty. The first bytes are defined by
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

/// The finding lists at most this many files.
const SHOWN: usize = 5;

/// Extensions of files that aren't machine code.
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
            "`{}` isn't what its name says: it's machine code, {}{others}",
            first.path,
            what(first)
        ))
        .severity(Severity::Warning);
    let finding = disguised.iter().take(SHOWN).fold(finding, |finding, one| {
        let ending = one.path.rsplit('.').next().unwrap_or_default();
        finding.because(Evidence::mismatch(
            &one.path,
            format!("a `.{ending}` file"),
            what(one),
        ))
    });
    Some(
        finding.hint(
            "find out why before you install it; if it's yours, rename it to match its contents",
        ),
    )
}
