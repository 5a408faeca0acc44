//! The linker can't find Python's library.
//!
//! Something is linked with libpython, but this interpreter came without the library: distributions put it into a
//! separate package, and many interpreters have Python built in and no library at all:
//!
//! ```text
//! /usr/bin/ld: cannot find -lpython3.12: No such file or directory
//! LINK : fatal error LNK1181: cannot open input file 'python312.lib'
//! ```
//!
//! `wr` links the Rust tests of an extension with the library of the interpreter that runs its Python tests. If that has
//! none, the tests can't start:
//!
//! ```text
//! symbol lookup error: fast-80be6e9c8d30c99e: undefined symbol: _Py_Dealloc
//! ```
//!
//! ## Example
//!
//! `cargo test` of a PyO3 crate on Debian without `libpython3.12-dev`.
//!
//! ## What to do
//!
//! Don't link an extension with it: build with maturin, or set `PYO3_BUILD_EXTENSION_MODULE=1`. For tests and programs,
//! install the library for the interpreter's version (`apt install libpython3.12-dev`, `dnf install python3.12-devel`), or use an interpreter that has it,
//! such as one from uv (`uv python install`) or python.org. With `pyenv`, install with
//! `PYTHON_CONFIGURE_OPTS=--enable-shared`.
//!
//! On Windows, PyO3's feature `generate-import-lib` generates the `.lib` when cross-compiling (before PyO3 0.29).
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Building and distribution](https://pyo3.rs/latest/building-and-distribution.html).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new(
    "WR0211",
    "python-library-missing",
    include_str!("python_library_missing.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let (line, library) = output
        .between("cannot find -l", ":")
        .or_else(|| output.rest("cannot find -l"))
        .or_else(|| output.rest("library not found for -l"))
        .or_else(|| output.rest("unable to find library -l"))
        .or_else(|| output.between("cannot open input file '", "'"))
        .filter(|(_, library)| library.starts_with("python") || library.starts_with("pypy"))?;
    Some(
        output
            .finding(&RULE, line, format!("the linker can't find Python's library `{library}`"))
            .hint(
                "an extension must not be linked with it: build with maturin or set `PYO3_BUILD_EXTENSION_MODULE=1`; for \
                 tests and programs, install the interpreter's development package",
            ),
    )
}
