//! The extension uses a kind of thread-local storage that has to be there before the program starts.
//!
//! Thread-local variables can be laid out in several ways. The fastest, "initial exec", wants its place in every thread before
//! the program starts, and an extension comes later. musl keeps no room for latecomers:
//!
//! ```text
//! ImportError: Error relocating /…/fast.so: counter: initial-exec TLS resolves to dynamic definition in /…/fast.so
//! ```
//!
//! The GNU C library keeps a little, some hundred bytes, for all of them; so such an extension loads as long as few others were
//! loaded before it, and then
//!
//! ```text
//! ImportError: /…/fast.so: cannot allocate memory in static TLS block
//! ```
//!
//! ## Example
//!
//! A bundled C library, such as `jemalloc`, that was compiled with `-ftls-model=initial-exec`; or GCC's `libgomp`, which
//! OpenMP needs.
//!
//! ## What to do
//!
//! Build that library with another model: `jemalloc` with `--disable-initial-exec-tls` (the crate `tikv-jemallocator`
//! with its feature `disable_initial_exec_tls`), others without `-ftls-model=initial-exec`.
//!
//! With the GNU C library, an extension of somebody else's loads when it is imported before the others, or with more room:
//! `GLIBC_TUNABLES=glibc.rtld.optional_static_tls=16384 python …`.
//!
//! ## Where it is specified
//!
//! [ELF Handling for Thread-Local Storage](https://www.akkadia.org/drepper/tls.pdf), musl's [list of differences from
//! glibc](https://wiki.musl-libc.org/functional-differences-from-glibc.html), and the manual of the GNU C library under
//! [Dynamic Linking
//! Tunables](https://www.gnu.org/software/libc/manual/html_node/Dynamic-Linking-Tunables.html).

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::expectation::Expectation;
use crate::facts::{Facts, Platform};

pub(crate) static RULE: Rule = Rule::new(
    "WR0117",
    "initial-exec-tls",
    include_str!("initial_exec_tls.rs"),
);

/// What to do where there is no room at all.
pub(crate) const HINT: &str = "build the library that asks for it without `initial-exec`; for jemalloc, with its feature `disable_initial_exec_tls`";

/// Of musl alone it is certain: how much room the GNU C library has left depends on what was loaded before.
pub(super) fn check(facts: &Facts, expected: &Expectation) -> Option<Diagnostic> {
    let image = facts.images.iter().find(|image| {
        image.is_loadable() && image.platform == Platform::LinuxMusl && image.static_tls > 0
    })?;
    Some(
        RULE.finding(format!(
            "{} bytes of thread-local storage want their place before the program starts, and musl has none for a library \
             that is loaded later",
            image.static_tls
        ))
        .because(Evidence::Section {
            name: "DF_STATIC_TLS".to_owned(),
            binary: expected.artifact(),
        })
        .hint(HINT),
    )
}
