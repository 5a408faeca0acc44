//! An option of `#[pyclass]` writes a method that is also written by hand.
//!
//! `eq`, `ord`, `hash` and `str` write special methods such as `__eq__` and `__str__`. A class can have each of them only once.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0592]: duplicate definitions with name `__pymethod___str____`
//!  --> src/lib.rs:2:1
//!   | #[pyclass(str = "{n}")]
//! ```
//!
//! ## What to do
//!
//! Keep one of them: remove the option or the method.
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
        "WR0716",
        "method-written-twice",
        include_str!("method_written_twice.rs"),
    ),
    explain,
)
.with_consequences(is_consequence);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let name = between(
        &error.message,
        "duplicate definitions with name `__pymethod_",
        "__`",
    )?;
    let (options, methods) = match name {
        "__str__" => ("`str`", "`__str__`"),
        "__hash__" => ("`hash`", "`__hash__`"),
        "__richcmp__" | "__eq__" | "__lt__" => (
            "`eq` or `ord`",
            "the comparisons (`__eq__`, `__lt__`, `__richcmp__` …)",
        ),
        _ => return None,
    };
    let is_option = line_of(error).contains("pyclass") || error.rendered.contains("pyclass(");
    is_option.then(|| {
        Advice::new(
            name,
            format!("the option {options} of `#[pyclass]` writes {methods}: remove the option or the handwritten methods"),
        )
    })
}

/// PyO3 0.23 finds a second implementation as well.
fn is_consequence(_: &str, error: &CompilerError) -> bool {
    error.message.contains("::HasCustomRichCmp`")
}
