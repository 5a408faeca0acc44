//! A program that embeds Python can't start, because the dynamic linker doesn't find libpython.
//!
//! When such a program is built, the linker is shown where the library is. The program itself only remembers the library's name, and looks for it in
//! the system's directories. An interpreter from pyenv, uv or conda has its library elsewhere:
//!
//! ```text
//! target/debug/host: error while loading shared libraries: libpython3.13.so.1.0: cannot open shared object file: No such file or directory
//! ```
//!
//! If the system has a libpython of the same version, the program starts with that one: a different Python, with other packages.
//!
//! ## Example
//!
//! A program with `pyo3 = "0.30"` and `Python::initialize()`, built with a Python from `uv python install`, and no build script.
//!
//! ## What to do
//!
//! Write the library's directory into the program, as an rpath. PyO3 knows it: add `pyo3-build-config` to `[build-dependencies]`, and call it in
//! `main` of `build.rs`:
//!
//! ```rust,ignore
//! pyo3_build_config::add_libpython_rpath_link_args();
//! ```
//!
//! For a single run, name the directory in `LD_LIBRARY_PATH` (`DYLD_FALLBACK_LIBRARY_PATH` on macOS). A program for other machines has to bring
//! its Python with it, or find one there.
//!
//! ## Where it is specified
//!
//! ld.so(8) has the order of the directories; PyO3's guide has
//! [Dynamically embedding the Python interpreter](https://pyo3.rs/latest/building-and-distribution.html#dynamically-embedding-the-python-interpreter).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::{Output, between};

pub(crate) static RULE: Rule = Rule::new(
    "WR0309",
    "library-not-found",
    include_str!("library_not_found.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let (line, name) = output
        .lines()
        .find_map(|line| Some((line, library(line)?)))?;
    Some(
        output
            .finding(
                &RULE,
                line,
                format!("the program can't start: the dynamic linker doesn't find `{name}`"),
            )
            .hint(
                "write the library's directory into the program: call `pyo3_build_config::add_libpython_rpath_link_args()` in \
                 `build.rs`, with `pyo3-build-config` in `[build-dependencies]`",
            ),
    )
}

/// The Python library without which the dynamic linker can't start a program, in the words of glibc, musl and macOS. What they say about an
/// extension begins differently.
pub(crate) fn library(line: &str) -> Option<&str> {
    let file = between(
        line,
        "error while loading shared libraries: ",
        ": cannot open",
    )
    .or_else(|| {
        line.strip_prefix("Error loading shared library ")?
            .split(':')
            .next()
    })
    .or_else(|| {
        let (before, file) = line.split_once("Library not loaded: ")?;
        before.starts_with("dyld").then_some(file)
    })?;
    let name = file.trim().rsplit('/').next()?;
    // A framework build's library is called `Python`.
    (name.starts_with("libpython") || name == "Python").then_some(name)
}
