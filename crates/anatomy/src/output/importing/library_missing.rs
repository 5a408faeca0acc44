//! A shared library that the extension needs can't be found.
//!
//! An extension may need other shared libraries. The loader looks for each of them in the places that the extension
//! itself names (RPATH, RUNPATH), that environment variables name, and that the system defines. One library isn't in
//! any of them:
//!
//! ```text
//! ImportError: libfoo.so.1: cannot open shared object file: No such file or directory
//! ImportError: dlopen(/…/fast.so, 0x0002): Library not loaded: @rpath/libfoo.1.dylib
//! ImportError: DLL load failed while importing fast: The specified module could not be found.
//! ```
//!
//! ## Example
//!
//! The extension was built against a library in a private directory and then moved, or a wheel was built without
//! bundling it. In a Linux wheel, `wr inspect` follows RPATH and RUNPATH like the loader does, and names the libraries
//! that `auditwheel` bundled but that neither of them leads to. For a module installed on Linux, it looks for every
//! library where the system's loader would, and names those that it doesn't find.
//!
//! ## What to do
//!
//! For wheels, bundle it: `maturin build` does that on Linux, and `auditwheel repair`, `delocate-wheel` and
//! `delvewheel` do it for other builds. For a single machine, install the library, or build with
//! `-C 'link-arg=-Wl,-rpath,$ORIGIN'` and put it next to the extension. On Windows, `os.add_dll_directory` adds further
//! places.
//!
//! ## Where it is specified
//!
//! `man ld.so` under "When resolving shared object dependencies"; on macOS `man dyld`; on Windows the [search order for
//! libraries](https://learn.microsoft.com/windows/win32/dlls/dynamic-link-library-search-order).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::running::library_not_found;
use crate::output::text::{Output, between};

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new(
    "WR0112",
    "library-missing",
    include_str!("library_missing.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let (line, library) = output
        .lines()
        // A program that doesn't find Python's library has another cause.
        .filter(|line| library_not_found::library(line).is_none())
        .find_map(|line| Some((line, missing(line)?)))?;
    Some(
        output
            .finding(&RULE, line, format!("{library} is needed but can't be found"))
            .hint("install it, or bundle it with the extension: `wr inspect` shows what it needs and where the loader \
                   looks"),
    )
}

fn missing(line: &str) -> Option<String> {
    if let Some((before, _)) = line.split_once(": cannot open shared object file") {
        let name = before.rsplit([' ', '/']).next()?;
        return name
            .contains(".so")
            .then(|| format!("the library `{name}`"));
    }
    if let Some((_, rest)) = line.split_once("Library not loaded: ") {
        let name = rest.split_whitespace().next()?;
        return Some(format!("the library `{name}`"));
    }
    let module = between(
        line,
        "DLL load failed while importing ",
        ": The specified module could not be found",
    )?;
    Some(format!("a library of the module `{module}`"))
}
