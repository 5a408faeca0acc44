//! A function for Python returns a reference to a string, bytes or a path.
//!
//! Python gets a copy of what the function returns, so there's nothing to gain from a reference, and the value that it refers to may be gone.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0106]: missing lifetime specifier
//!  --> src/lib.rs:3:23
//!   | fn name(a: String) -> &str { &a }
//! ```
//!
//! ## What to do
//!
//! Return the owned type:
//!
//! ```rust,ignore
//! #[pyfunction]
//! fn name(a: String) -> String { a }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Mapping of Rust types to Python types](https://pyo3.rs/latest/conversions/tables.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::sources::words;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0749",
        "str-returned-by-reference",
        include_str!("str_returned_by_reference.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    const LENT: [(&str, &str); 3] = [
        ("&str", "String"),
        ("&[u8]", "Vec<u8>"),
        ("&Path", "PathBuf"),
    ];
    let (place, line) = error.place.as_ref()?;
    let is_unnamed = error.number.as_deref() == Some("E0106");
    let is_gone = error.number.as_deref() == Some("E0515")
        && (error.message.contains("temporary value")
            || error.message.contains("local variable")
            || error.message.contains("function parameter"));
    if !(is_unnamed || is_gone) {
        return None;
    }
    // The head of the function, in this line or above it.
    let head = if line.contains("fn ") {
        line.clone()
    } else {
        sources.function_head(place)?
    };
    let name = words(head.split_once("fn ")?.1).next()?;
    let is_for_python = sources.is_for_python(name)
        || sources
            .impl_around(place)
            .is_some_and(|(_, is_for_python)| is_for_python);
    if !is_for_python {
        return None;
    }
    let (_, result) = head.split_once("->")?;
    let (lent, owned) = LENT
        .iter()
        .find(|(lent, _)| result.trim_start().starts_with(lent))?;
    Some(Advice::new(
        lent,
        format!("return `{owned}` instead of `{lent}`: Python gets a copy in any case"),
    ))
}
