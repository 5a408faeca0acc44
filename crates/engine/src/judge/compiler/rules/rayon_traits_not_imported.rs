//! A method of rayon's traits isn't in scope.
//!
//! `par_iter` and its like are methods of traits, which Rust finds only if the traits are imported. rayon's prelude has all of them.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0599]: no method named `par_iter` found for struct `Vec<u64>` in the current scope
//!  --> src/lib.rs:3:38
//!   | all.par_iter().map(|n| n * 2).sum()
//! ```
//!
//! ## What to do
//!
//! Import the prelude:
//!
//! ```rust,ignore
//! use rayon::prelude::*;
//! ```
//!
//! ## Where it is specified
//!
//! rayon's documentation under [prelude](https://docs.rs/rayon/latest/rayon/prelude/index.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::missing_method;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0742",
        "rayon-traits-not-imported",
        include_str!("rayon_traits_not_imported.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let name = missing_method(error)?;
    let is_parallel = name.starts_with("par_") || name.starts_with("into_par_");
    is_parallel.then(|| {
        Advice::new(
            "rayon",
            format!("`{name}` is a method of rayon's traits: write `use rayon::prelude::*;` with the other `use` lines"),
        )
    })
}
