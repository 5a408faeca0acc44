//! A collection of references is taken from Python.
//!
//! PyO3 takes the items of a list one after the other, and lets go of each. A reference into an item would point to an object that may be gone.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error: implementation of `FromPyObject` is not general enough
//!  --> src/lib.rs:3:16
//!   | fn join(words: Vec<&str>) -> String { words.join(" ") }
//! ```
//!
//! ## What to do
//!
//! Take owned values, or hold the objects:
//!
//! ```rust,ignore
//! #[pyfunction]
//! fn join(words: Vec<String>) -> String { words.join(" ") }
//!
//! #[pyfunction]
//! fn total(all: Vec<PyRef<'_, Parcel>>) -> u32 { all.iter().map(|p| p.w).sum() }
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Mapping of Rust types to Python types](https://pyo3.rs/latest/conversions/tables.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::{between, is_own, wanted_from_python};
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0724",
        "borrowed-from-collection",
        include_str!("borrowed_from_collection.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    if error.message == "implementation of `FromPyObject` is not general enough" {
        let of = error
            .notes
            .iter()
            .find_map(|note| between(&note.text, "for the type `", "`"))
            .unwrap_or("&str");
        let owned = if of == "&str" {
            "String"
        } else {
            "what owns it"
        };
        return Some(Advice::new(
            of,
            format!(
                "a `{of}` can't be borrowed out of a collection: take `{owned}`, as in `Vec<String>`"
            ),
        ));
    }
    let name = wanted_from_python(error)?;
    let is_collection = name.contains('<') && !name.starts_with('&');
    if is_collection && name.contains("&str") {
        return Some(Advice::new(
            "&str",
            format!(
                "a `&str` can't be borrowed out of a collection: take `{}`",
                name.replace("&str", "String")
            ),
        ));
    }
    // Newer versions name the item, older ones the collection.
    let is_item = error.message.contains(": FromPyObject");
    let (_, rest) = name.split_once('&').filter(|_| is_collection || is_item)?;
    let class = rest.split(['>', ',']).next()?;
    is_own(class).then(|| {
        Advice::new(
            class,
            format!("the items of a collection have to be held: take `PyRef<'_, {class}>` instead of `&{class}`"),
        )
    })
}
