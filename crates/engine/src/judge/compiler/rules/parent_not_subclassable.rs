//! A class extends one that allows no subclasses.
//!
//! A `#[pyclass]` is final unless it says otherwise.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0277]: pyclass `Sensor` cannot be subclassed
//!  --> src/lib.rs:4:1
//!   | #[pyclass(extends = Sensor)]
//! ```
//!
//! With an `abi3` feature for a Python older than 3.12, the same error is about Python's built-in classes, such as `PyException`: the
//! stable ABI of those versions doesn't say how large they are, and PyO3 before 0.29 can't extend them with any `abi3` feature. And an
//! exception from `create_exception!` isn't a `#[pyclass]`, so nothing can extend it.
//!
//! ## What to do
//!
//! Allow it in the parent:
//!
//! ```rust,ignore
//! #[pyclass(subclass)]
//! struct Sensor {}
//! ```
//!
//! To extend a built-in class, use `abi3-py312` or later, or build without `abi3`. Replace `create_exception!` with
//! `#[pyclass(extends = PyException, subclass)]` if another exception should extend that one; the macro itself accepts any exception
//! as the parent.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Inheritance](https://pyo3.rs/latest/class.html#inheritance).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::between;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0714",
        "parent-not-subclassable",
        include_str!("parent_not_subclassable.rs"),
    ),
    explain,
)
.with_consequences(is_consequence);

fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Advice> {
    let class = between(&error.message, "pyclass `", "` cannot be subclassed")?;
    let is_native = error.notes.iter().any(|note| note.text.contains(NATIVE))
        && class.starts_with("Py")
        && sources.class(class).is_none();
    let help = if is_native && sources.has(29) {
        format!(
            "with an `abi3` feature, classes can extend a built-in class such as `{class}` from Python 3.12 on: use `abi3-py312` or a later one, or build for each version of Python without `abi3`"
        )
    } else if is_native {
        format!(
            "before PyO3 0.29, classes can't extend a built-in class such as `{class}` in a build with an `abi3` feature: build for each version of Python without `abi3`"
        )
    } else if is_created(class, sources) {
        format!(
            "an exception from `create_exception!` can't be extended: make `{class}` a class with `#[pyclass(extends = PyException, subclass)]`"
        )
    } else {
        format!("`{class}` must allow it: `#[pyclass(subclass)]`")
    };
    Some(Advice::new(class, help))
}

/// Part of PyO3's note about built-in classes. From PyO3 0.29 on, it's there only if the build is for a stable ABI older than 3.12's.
const NATIVE: &str = "subclassing native types";

/// Whether `create_exception!` makes the class: it's the macro's second argument.
fn is_created(class: &str, sources: &Sources<'_>) -> bool {
    sources.texts.values().any(|text| {
        text.split("create_exception!(").skip(1).any(|arguments| {
            let second = arguments.split(',').nth(1).unwrap_or_default();
            second.trim() == class
        })
    })
}

fn is_consequence(class: &str, error: &CompilerError) -> bool {
    let message = &error.message;
    let names_class = |text: &str| text.contains("PyClassInit<") && text.contains(class);
    let is_conversion = message.contains("cannot be converted to a Python object")
        && error.notes.iter().any(|note| names_class(&note.text));
    // What the child's `#[new]` returns can't be judged without its parent. The second is in the words of PyO3 before 0.28.
    let is_about_new = message.contains("cannot be used as the return value for `#[new]` methods")
        || message.starts_with("no method named `convert` found for ");
    is_conversion || is_about_new
}
