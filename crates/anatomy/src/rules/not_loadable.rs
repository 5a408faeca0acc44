//! The file isn't a shared library that Python can load.
//!
//! Python loads extensions with the system's loader, which only accepts shared libraries. This file is one of the other
//! things that a Rust or C build leaves behind: a static library or `rlib` (object files for the linker), an import
//! library, an object file, or a program. Importing it fails with
//!
//! ```text
//! ImportError: /…/fast.so: invalid ELF header
//! ImportError: /…/fast.so: cannot dynamically load position-independent executable
//! ImportError: DLL load failed while importing fast: %1 is not a valid Win32 application.
//! ```
//!
//! ## Example
//!
//! ```toml
//! [lib]
//! name = "fast"
//! crate-type = ["staticlib"]
//! ```
//!
//! builds `libfast.a`; without a `crate-type`, Cargo builds `libfast.rlib`. Neither is an extension. A Rust `dylib` can
//! be loaded, but it's meant for other Rust crates: it carries compiler metadata and may need the standard library as a
//! shared library from exactly the same compiler.
//!
//! ## What to do
//!
//! Ask for the right kind in `Cargo.toml`, then build again and take the file that ends in `.so`, `.dylib` or `.dll`:
//!
//! ```toml
//! [lib]
//! crate-type = ["cdylib"]
//! ```
//!
//! Write `["cdylib", "rlib"]` if tests in `tests/` or other crates use it too.
//!
//! ## Where it is specified
//!
//! The Rust reference under [Linkage](https://doc.rust-lang.org/reference/linkage.html), the cargo book under
//! [the crate-type field](https://doc.rust-lang.org/cargo/reference/cargo-targets.html#the-crate-type-field).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use crate::expectation::Expectation;
use crate::facts::{ArchiveKind, Facts, Kind};
use crate::names::FileName;

pub(crate) static RULE: Rule = Rule::new("WR0104", "not-loadable", include_str!("not_loadable.rs"));

pub(super) fn check(facts: &Facts, expected: &Expectation) -> Option<Diagnostic> {
    if !is_wrong(facts, expected) {
        return None;
    }
    let (message, hint) = match facts.kind {
        Kind::SharedLibrary => return None,
        Kind::Other => (
            "the file is named like an extension, but it isn't a shared library",
            "rebuild the extension, and use the shared library that the build names",
        ),
        Kind::DebugFile => (
            "the file contains only debug information that was split off from a library, and no code",
            "use the library itself: debuggers find this file on their own, but Python can't load it",
        ),
        Kind::RustDylib => (
            "the file is a Rust `dylib`, which is meant for other Rust crates, not for Python",
            "write `crate-type = [\"cdylib\"]` under `[lib]` in Cargo.toml instead of `dylib`",
        ),
        Kind::Archive(ArchiveKind::Rlib) => (
            "the file is a Rust `rlib`: object files for the compiler, which Python can't load",
            "write `crate-type = [\"cdylib\"]` under `[lib]` in Cargo.toml (`[\"cdylib\", \"rlib\"]` if other crates \
             use it too)",
        ),
        Kind::Archive(ArchiveKind::StaticLibrary) => (
            "the file is a static library: object files for the linker, which Python can't load",
            "write `crate-type = [\"cdylib\"]` under `[lib]` in Cargo.toml instead of `staticlib`",
        ),
        Kind::Archive(ArchiveKind::ImportLibrary) => (
            "the file is an import library: it only tells the linker what a DLL exports",
            "use the `.dll` that was built next to it",
        ),
        Kind::ObjectFile => (
            "the file is an object file: it was compiled but not linked yet",
            "link it into a shared library; with Cargo, write `crate-type = [\"cdylib\"]` under `[lib]`",
        ),
        Kind::Executable => (
            "the file is a program, which Python can't import",
            "the extension must be a library: move the `#[pymodule]` to `src/lib.rs` and write \
             `crate-type = [\"cdylib\"]` under `[lib]` in Cargo.toml",
        ),
    };
    let severity = if facts.kind == Kind::RustDylib {
        // It does load on the machine that built it.
        Severity::Warning
    } else {
        Severity::Error
    };
    Some(
        RULE.finding(message)
            .severity(severity)
            .because(Evidence::mismatch(
                format!("kind of {}", expected.artifact()),
                "shared library",
                facts.kind.to_string(),
            ))
            .hint(hint),
    )
}

/// A file with this name that can't even be read, for the reason that the reader gave.
pub fn unreadable(path: &str, reason: &str) -> Option<Diagnostic> {
    is_extension(&FileName::parse(path)).then(|| {
        RULE.finding(format!(
            "`{path}` is named like an extension, but no loader accepts it"
        ))
        .because(Evidence::Program {
            name: path.to_owned(),
            detail: Some(reason.to_owned()),
        })
        .hint("build or download it again: the file is damaged, or it's something else")
    })
}

/// Programs, linker libraries and debug information are fine unless someone takes them for an extension. That happens
/// to the output of a library crate before anyone has written a `crate-type`.
fn is_wrong(facts: &Facts, expected: &Expectation) -> bool {
    match facts.kind {
        Kind::SharedLibrary => false,
        Kind::RustDylib => !facts.init_functions().is_empty() || is_meant(expected),
        Kind::Archive(ArchiveKind::Rlib) => true,
        _ => is_named_as_extension(expected),
    }
}

fn is_named_as_extension(expected: &Expectation) -> bool {
    is_meant(expected) || expected.expected_file().is_some_and(is_extension)
}

/// Files called `lib….so` may be linker scripts.
fn is_extension(file: &FileName) -> bool {
    file.module()
        .is_some_and(|module| !module.starts_with("lib"))
}

/// A Rust `dylib` that nobody uses as a module, such as a procedural macro, isn't a mistake.
fn is_meant(expected: &Expectation) -> bool {
    expected.expected_module().is_some()
}
