//! The crate is only a `cdylib`, so Rust tests can't use it.
//!
//! Tests in `tests/`, examples and benchmarks are separate crates that use the library like any other crate would. A
//! `cdylib` is for C and Python; Rust crates can't import from it.
//!
//! ```text
//! error[E0432]: unresolved import `fast`
//! error[E0433]: failed to resolve: use of unresolved module or unlinked crate `fast`
//! ```
//!
//! ## Example
//!
//! ```toml
//! [lib]
//! name = "fast"
//! crate-type = ["cdylib"]
//! ```
//!
//! with `use fast::double;` in `tests/double.rs`.
//!
//! ## What to do
//!
//! Build both kinds:
//!
//! ```toml
//! [lib]
//! name = "fast"
//! crate-type = ["cdylib", "rlib"]
//! ```
//!
//! ## Where it is specified
//!
//! The cargo book under [Integration
//! tests](https://doc.rust-lang.org/cargo/reference/cargo-targets.html#integration-tests), the Rust reference under
//! [Linkage](https://doc.rust-lang.org/reference/linkage.html).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::{Output, between};

pub(crate) static RULE: Rule = Rule::new(
    "WR0215",
    "crate-not-importable",
    include_str!("crate_not_importable.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let mut lines = output.lines().peekable();
    while let Some(line) = lines.next() {
        let name = between(line, "error[E0432]: unresolved import `", "`")
            .or_else(|| between(line, "use of unresolved module or unlinked crate `", "`"))
            .or_else(|| between(line, "use of undeclared crate or module `", "`"));
        let Some(name) = name.map(|path| path.split("::").next().unwrap_or(path)) else {
            continue;
        };
        // Only tests, examples and benchmarks see their own package as another crate.
        let place = lines.peek().map_or("", |next| next.trim_start());
        let is_outside = ["--> tests/", "--> examples/", "--> benches/"]
            .iter()
            .any(|directory| place.starts_with(directory));
        let is_compiled = output
            .line_with(&["could not compile `", "(test "])
            .is_some()
            || output
                .line_with(&["could not compile `", "(example "])
                .is_some()
            || output
                .line_with(&["could not compile `", "(bench "])
                .is_some();
        let package = output
            .between("could not compile `", "`")
            .map(|(_, package)| package.replace('-', "_"));
        if is_outside && is_compiled && package.as_deref() == Some(name) {
            return Some(
                output
                    .finding(
                        &RULE,
                        line,
                        format!("`{name}` is only a `cdylib`, which Rust tests can't use"),
                    )
                    .hint(
                        "write `crate-type = [\"cdylib\", \"rlib\"]` under `[lib]` in Cargo.toml",
                    ),
            );
        }
    }
    None
}
