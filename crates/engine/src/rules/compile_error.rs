//! The compiler refuses the code.
//!
//! The Rust compiler found an error, so there is no extension module yet and no test was run. Only the first errors are
//! listed: a later one is often a consequence of an earlier one, so mend the first and look again. Errors that are one
//! mistake are one finding, with all its places.
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
//! Open the named line. Where the words of the compiler are about PyO3's own traits, the help says which attribute or type
//! is meant; else it is the compiler's own proposal. Below stands what the compiler printed, without the sources of PyO3 and
//! of the standard library; `-v` shows all of it. `rustc --explain E0308` explains an error by its number.
//!
//! | the compiler speaks of | what is meant |
//! |---|---|
//! | `Frozen == True` | `get()` is for `#[pyclass(frozen)]`; else `borrow()` |
//! | `Frozen == False` | a frozen class lends no `&mut self` |
//! | `*mut pyo3::Python<'static>` that cannot be shared or sent | a `Bound`, a `PyRef` or `py` in a closure that runs without the interpreter |
//! | `PyClass` that is not satisfied | `#[pyclass]` is missing |
//! | what cannot be converted to a Python object | `#[pyclass]` for a class, `#[derive(IntoPyObject)]` for a dict |
//! | what cannot be used as a Python function argument | `&X` for a class `X`, `#[derive(FromPyObject)]` for a plain struct, `Vec<X>` for a slice |
//! | `From<&Bound<…>>` that is not satisfied for a parameter | a method without `&self`, or a class method without `cls` |
//! | `Ungil` that is not satisfied | a lock's guard that leaves the closure of `detach` |
//! | `_PYO3_DEF`, or a function that is no module | `#[pyclass]` or `#[pyfunction]` is missing |
//! | `FromPyObject` that is not general enough | in a collection nothing can be borrowed: `Vec<String>` for `Vec<&str>` |
//! | `?` with incompatible types, where there is none | the default in a signature does not fit its parameter |
//! | `PyTuple`, `PyList`, `PyModule` … by value or behind a plain `&` | `&Bound<'_, PyTuple>`: Rust only ever points to them |
//! | an argument of type `Python<'_>` that is missing | pass `py`, which a function gets as its parameter `py: Python<'_>` |
//! | a method or type that is not found, of another PyO3 | its name in the PyO3 that `Cargo.lock` has |
//! | an item that is gated | the feature, or the stable ABI, that brings it |
//!
//! What PyO3 has only with a cargo feature is WR0231, and a dependency that does not compile is WR0232.
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
