//! The code doesn't compile.
//!
//! The Rust compiler found an error, so there is no extension module yet and no test was run. Only the first errors
//! are listed. A later error is often a consequence of an earlier one, so fix the first and run again. Errors with
//! a single cause are shown as one finding with all their places.
//!
//! ## Example
//!
//! ```text
//! error[E0308]: mismatched types
//!  --> src/lib.rs:5:5
//! ```
//!
//! ## What to do
//!
//! Open the named line. If the compiler's message is about PyO3's own traits, the help says which attribute or type
//! you need; otherwise it is the compiler's own suggestion. The compiler's output follows, without the parts from
//! PyO3's and the standard library's sources; `-v` shows all of it. `rustc --explain E0308` explains an error by
//! its number.
//!
//! | the compiler mentions | what it means |
//! |---|---|
//! | `Frozen == True` | `get()` is for `#[pyclass(frozen)]`; otherwise use `borrow()` |
//! | `Frozen == False` | a frozen class can't be borrowed as `&mut self` |
//! | `*mut pyo3::Python<'static>` can't be shared or sent | the closure runs without the interpreter, but uses a `Bound`, a `PyRef` or `py` |
//! | `PyClass` is not satisfied | `#[pyclass]` is missing |
//! | a type that can't be converted to a Python object | add `#[pyclass]` for a class, `#[derive(IntoPyObject)]` for a dict |
//! | a type that can't be used as a Python function argument | use `&X` for a class `X`, `#[derive(FromPyObject)]` for a plain struct, `Vec<X>` for a slice |
//! | `From<&Bound<…>>` is not satisfied for a parameter | a method without `&self`, or a class method without `cls` |
//! | `Ungil` is not satisfied | a lock guard leaves the closure of `detach` |
//! | `_PYO3_DEF`, or a function that isn't a module | `#[pyclass]` or `#[pyfunction]` is missing |
//! | `FromPyObject` is not general enough | a collection can't contain borrowed values: use `Vec<String>` instead of `Vec<&str>` |
//! | `?` has incompatible types, but the code has no `?` | the default in a signature doesn't fit its parameter |
//! | `PyTuple`, `PyList`, `PyModule` … by value or behind a plain `&` | use `&Bound<'_, PyTuple>`: Rust can only hold a pointer to a Python object |
//! | an argument of type `Python<'_>` is missing | pass `py`, which a function receives as the parameter `py: Python<'_>` |
//! | a method or type of another PyO3 version can't be found | use its name in the PyO3 version in `Cargo.lock` |
//! | an item that is gated | turn on the feature, or choose the stable ABI, that provides it |
//!
//! WR0231 covers what PyO3 offers only with a cargo feature, and WR0232 a dependency that doesn't compile.
//!
//! ## Where it is specified
//!
//! The Rust compiler error index: <https://doc.rust-lang.org/error_codes/error-index.html>.

use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

pub(crate) const RULE: Rule =
    Rule::new("WR0351", "compile-error", include_str!("compile_error.rs"));

pub(crate) fn finding(
    message: &str,
    number: Option<&str>,
    place: Option<(SourceLocation, String)>,
    advice: Option<String>,
) -> Diagnostic {
    let mut finding = RULE.finding(match number {
        Some(number) => format!("{message} [{number}]"),
        None => message.to_owned(),
    });
    if let Some((location, text)) = place {
        finding = finding.because(if text.is_empty() {
            Evidence::at(location)
        } else {
            Evidence::at_text(location, text)
        });
    }
    match advice {
        Some(advice) => finding.hint(advice),
        None => finding,
    }
}
