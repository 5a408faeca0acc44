//! On macOS, the linker wasn't told that Python's symbols come later.
//!
//! An extension takes Python's functions from the interpreter that loads it. On Linux the linker allows undefined
//! symbols; on macOS you have to tell it to, or it stops:
//!
//! ```text
//! Undefined symbols for architecture arm64:
//!   "_PyExc_TypeError", referenced from: …
//! ld: symbol(s) not found for architecture arm64
//! ```
//!
//! ## Example
//!
//! `cargo build` of an extension on macOS. maturin passes the flags itself, so `maturin develop` works even though
//! `cargo build` doesn't.
//!
//! ## What to do
//!
//! Build with maturin, or pass the flags from a build script:
//!
//! ```rust,ignore
//! // build.rs, with `pyo3-build-config` under [build-dependencies]
//! fn main() {
//!     pyo3_build_config::add_extension_module_link_args();
//! }
//! ```
//!
//! or put them into `.cargo/config.toml`:
//!
//! ```toml
//! [target.'cfg(target_os = "macos")']
//! rustflags = ["-C", "link-arg=-undefined", "-C", "link-arg=dynamic_lookup"]
//! ```
//!
//! For the tests that `cargo test` builds, see `WR0209`.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [macOS](https://pyo3.rs/latest/building-and-distribution.html#macos), and `man ld` under
//! `-undefined`.

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

pub(crate) static RULE: Rule = Rule::new(
    "WR0210",
    "macos-dynamic-lookup",
    include_str!("macos_dynamic_lookup.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    output.line_with(&["Undefined symbols for architecture"])?;
    let line = output
        .line_with(&["\"_Py", "referenced from:"])
        .or_else(|| output.line_with(&["\"__Py", "referenced from:"]))?;
    output.line_with(&["ld: symbol(s) not found"])?;
    Some(
        output
            .finding(&RULE, line, "the macOS linker wasn't told that Python's symbols come from the interpreter")
            .hint(
                "build with maturin, or call `pyo3_build_config::add_extension_module_link_args()` in build.rs; for \
                 `cargo test`, drop PyO3's feature `extension-module`",
            ),
    )
}
