//! The extension uses a kind of thread-local storage that must be reserved before the program starts.
//!
//! Compilers can access thread-local variables in several ways. The fastest, "initial exec", needs its space in every
//! thread before the program starts, but an extension is loaded later. musl doesn't keep any space for latecomers:
//!
//! ```text
//! ImportError: Error relocating /…/fast.so: counter: initial-exec TLS resolves to dynamic definition in /…/fast.so
//! ```
//!
//! The GNU C library reserves a few hundred bytes for all of them, so such an extension loads as long as few others
//! were loaded before it. Once the space is used up, you get
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
//! If the extension isn't yours, it will still load with the GNU C library when you import it before the others or
//! reserve more space: `GLIBC_TUNABLES=glibc.rtld.optional_static_tls=16384 python …`.
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

/// What to do when there's no space at all.
pub(crate) const HINT: &str = "build the library that uses it without `initial-exec`; for jemalloc, enable its feature \
                               `disable_initial_exec_tls`";

/// It only certainly fails with musl: how much space the GNU C library has left depends on what was loaded before.
pub(super) fn check(facts: &Facts, expected: &Expectation) -> Option<Diagnostic> {
    let image = facts.images.iter().find(|image| {
        image.is_loadable() && image.platform == Platform::LinuxMusl && image.static_tls > 0
    })?;
    Some(
        RULE.finding(format!(
            "{} bytes of thread-local storage must be reserved before the program starts, and musl has no space for a \
             library that's loaded later",
            image.static_tls
        ))
        .because(Evidence::Section {
            name: "DF_STATIC_TLS".to_owned(),
            binary: expected.artifact(),
        })
        .hint(HINT),
    )
}
