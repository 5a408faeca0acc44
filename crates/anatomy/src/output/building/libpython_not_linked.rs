//! A program or test that uses Python isn't linked with libpython.
//!
//! An extension takes Python's functions from the interpreter that loads it, and must not be linked with libpython. A
//! program has no such interpreter, so the test that `cargo test` builds from a PyO3 crate must link libpython. PyO3's
//! feature `extension-module` (and the variable `PYO3_BUILD_EXTENSION_MODULE`) turns linking off for both, and the
//! linker says
//!
//! ```text
//! undefined reference to `PyExc_TypeError'
//! Undefined symbols for architecture arm64: "_PyExc_TypeError", referenced from: …
//! ```
//!
//! ## Example
//!
//! ```toml
//! pyo3 = { version = "0.24", features = ["extension-module"] }
//! ```
//!
//! and `cargo test`.
//!
//! ## What to do
//!
//! Drop the feature `extension-module`: maturin sets `PYO3_BUILD_EXTENSION_MODULE` itself when it builds the extension
//! (maturin 1.9.4 and PyO3 0.26 or later). With older versions, make it a feature of your own crate and leave it off in
//! tests. Unset the variable in the shell that runs `cargo test`.
//!
//! On macOS, `cargo build` of the extension itself fails the same way, because the linker has to know that Python's
//! symbols come later: see `WR0210`.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [the extension-module
//! feature](https://pyo3.rs/latest/faq.html#i-cant-run-cargo-test-or-i-cant-build-in-a-cargo-workspace-im-having-linker-issues-like-symbol-not-found-or-undefined-reference-to-_pyexc_systemerror).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

pub(crate) static RULE: Rule = Rule::new(
    "WR0209",
    "libpython-not-linked",
    include_str!("libpython_not_linked.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output
        .lines()
        .find(|line| is_undefined_python_symbol(line))?;
    Some(
        output
            .finding(
                &RULE,
                line,
                "the program uses Python's functions but isn't linked with libpython",
            )
            .hint(
                "for `cargo test` and programs, drop PyO3's feature `extension-module` and unset \
                 `PYO3_BUILD_EXTENSION_MODULE`: maturin sets it just for the extension",
            ),
    )
}

/// GNU ld and lld word it differently.
fn is_undefined_python_symbol(line: &str) -> bool {
    [
        "undefined reference to `",
        "undefined reference to '",
        "undefined symbol: ",
    ]
    .iter()
    .filter_map(|mark| line.split_once(mark))
    .any(|(before, symbol)| {
        // The loader's complaint about a finished file is a different problem; it starts with the file or an
        // exception's name.
        !before.contains("ImportError") && !before.contains(".so: ") && is_python(symbol)
    })
}

fn is_python(symbol: &str) -> bool {
    symbol.starts_with("Py") || symbol.starts_with("_Py")
}
