//! A type of yours is cloned and isn't `Clone`.
//!
//! rustc says that the method or the implementation is missing, but not always which line to write.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0599]: no method named `clone` found for struct `Dot` in the current scope
//!  --> src/lib.rs:4:49
//!   | dot.clone().x
//! ```
//!
//! ## What to do
//!
//! Derive it:
//!
//! ```rust,ignore
//! #[derive(Clone)]
//! struct Dot { x: i64 }
//! ```
//!
//! All fields have to be `Clone` as well.
//!
//! ## Where it is specified
//!
//! The standard library under [`Clone`](https://doc.rust-lang.org/std/clone/trait.Clone.html#derivable).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::sources::TypeOrigin;
use super::super::words::{between, missing_method, searched_type};
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0741",
        "clone-not-derived",
        include_str!("clone_not_derived.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let searched = if missing_method(error) == Some("clone") {
        searched_type(error)?
    } else {
        between(
            &error.message,
            "the trait bound `",
            ": Clone` is not satisfied",
        )?
        .to_owned()
    };
    let name = searched.trim_start_matches('&').trim_start_matches("mut ");
    let (TypeOrigin::Class(definition) | TypeOrigin::Plain(definition)) = sources.whose(name)
    else {
        return None;
    };
    (!sources.is_clone(name, &definition))
        .then(|| Advice::new(name, format!("write `#[derive(Clone)]` above `{name}`")))
}
