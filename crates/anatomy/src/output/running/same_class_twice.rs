//! Two extensions contain the same class, and each only knows its own copy.
//!
//! The same Rust crate with a `#[pyclass]` was linked into two extensions. Each has its own copy of the class, and an
//! object from one isn't an instance of the other, although they have the same name:
//!
//! ```text
//! TypeError: 'Base' object cannot be converted to 'Base'
//! TypeError: 'Base' object is not an instance of 'Base'
//! ```
//!
//! ## Example
//!
//! A workspace has the crates `base` (with `#[pyclass] struct Base`), `reader` and `writer`. The latter two are
//! `cdylib`s that use `base`, and `writer.write(reader.read())` fails.
//!
//! ## What to do
//!
//! Put everything that shares the class into one extension with submodules, or pass the object through Python: take
//! `Bound<'_, PyAny>` and call its methods.
//!
//! ## Where it is specified
//!
//! PyO3's issue 1444; the Rust reference under [Linkage](https://doc.rust-lang.org/reference/linkage.html): each
//! `cdylib` has its own copy of everything it's linked with.

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

use super::conversion::mismatch;

pub(crate) static RULE: Rule = Rule::new(
    "WR0115",
    "same-class-twice",
    include_str!("same_class_twice.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let (line, class) = output.lines().find_map(|line| {
        let (found, wanted) = mismatch(line)?;
        (found == wanted).then_some((line, found))
    })?;
    Some(
        output
            .finding(&RULE, line, format!("two extensions contain the class `{class}`, and each only knows its own copy"))
            .hint("put everything that shares the class into one extension, or pass objects as `Bound<'_, PyAny>`"),
    )
}
