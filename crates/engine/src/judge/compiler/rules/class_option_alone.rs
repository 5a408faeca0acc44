//! An option of `#[pyclass]` needs another one as well.
//!
//! `hash` needs `eq` and `frozen`, since equal objects must have equal hashes that never change. `ord` needs `eq`.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error: The `hash` option requires the `frozen` option.
//!  --> src/lib.rs:2:15
//!   | #[pyclass(eq, hash)]
//! ```
//!
//! ## What to do
//!
//! Add the other option. The help shows the whole attribute:
//!
//! ```rust,ignore
//! #[pyclass(frozen, eq, hash)]
//! #[derive(PartialEq, Hash)]
//! struct Version { n: u32 }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Customizing the class](https://pyo3.rs/latest/class.html#customizing-the-class).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::{between, line_of};
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0717",
        "class-option-alone",
        include_str!("class_option_alone.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let option = between(&error.message, "The `", "` option requires the `")?;
    let other = between(&error.message, "` option requires the `", "` option")?;
    let line = line_of(error);
    let whole = line
        .split_once("#[pyclass(")
        .filter(|_| line.starts_with("#[pyclass(") && line.ends_with(")]"))
        .map(|(_, options)| format!(": `#[pyclass({other}, {options}`"));
    Some(Advice::new(
        option,
        format!(
            "write `{other}` next to `{option}`{}",
            whole.unwrap_or_default()
        ),
    ))
}
