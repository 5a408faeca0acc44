//! The extension uses a kind of thread-local storage that musl cannot load later.
//!
//! Thread-local variables can be laid out in several ways. The fastest, "initial exec", needs its place before the
//! program starts. glibc keeps some room for libraries that come later; musl keeps none:
//!
//! ```text
//! ImportError: Error relocating /…/fast.so: counter: initial-exec TLS resolves to dynamic definition in /…/fast.so
//! ```
//!
//! ## Example
//!
//! A bundled C library, such as `jemalloc`, that was compiled with `-ftls-model=initial-exec`.
//!
//! ## What to do
//!
//! Build that library with another model: `jemalloc` with `--disable-initial-exec-tls` (the crate `tikv-jemallocator`
//! with its feature `disable_initial_exec_tls`), others without `-ftls-model=initial-exec`.
//!
//! ## Where it is specified
//!
//! [ELF Handling for Thread-Local Storage](https://www.akkadia.org/drepper/tls.pdf), musl's [list of differences from
//! glibc](https://wiki.musl-libc.org/functional-differences-from-glibc.html).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

pub(crate) static RULE: Rule = Rule::new(
    "WR0117",
    "initial-exec-tls",
    include_str!("initial_exec_tls.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output.line_with(&["Error relocating", "initial-exec TLS"])?;
    Some(
        output
            .finding(&RULE, line, "the extension uses thread-local storage that musl cannot give to a library loaded later")
            .hint("build the library that asks for it without `initial-exec`; for jemalloc, with its feature `disable_initial_exec_tls`"),
    )
}
