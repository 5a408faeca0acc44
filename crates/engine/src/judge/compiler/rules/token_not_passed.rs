//! A call lacks the `Python` token.
//!
//! Methods of a `Py` that need the interpreter take a `Python` token as proof that the thread is attached to it.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0061]: this method takes 2 arguments but 1 argument was supplied
//!  --> src/lib.rs:3:64
//!   | callback.call1((1,))
//! help: provide the argument: `(/* Python<'_> */, (1,))`
//! ```
//!
//! ## What to do
//!
//! Add a parameter for the token, and pass it. Callers in Python don't see this parameter:
//!
//! ```rust,ignore
//! #[pyfunction]
//! fn call(py: Python<'_>, callback: Py<PyAny>) -> PyResult<Py<PyAny>> {
//!     callback.call1(py, (1,))
//! }
//! ```
//!
//! With a `Bound` at hand, `.py()` gives the token.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Python in Rust](https://pyo3.rs/latest/python-from-rust.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0740",
        "token-not-passed",
        include_str!("token_not_passed.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    const TOKEN: &str = "/* Python<'_> */";
    let takes = ["this method takes ", "this function takes "];
    if !takes.iter().any(|words| error.message.starts_with(words)) {
        return None;
    }
    let arguments = error
        .notes
        .iter()
        .filter_map(|note| note.proposal.as_deref())
        .find(|proposal| proposal.contains(TOKEN))?
        .replace(TOKEN, "py");
    // Other placeholders are rustc's to explain.
    (!arguments.contains("/*")).then(|| {
        Advice::new(
            "",
            format!(
                "this call needs a `Python` token: pass `{arguments}`; add a parameter `py: Python<'_>` to the function to get one (callers in Python don't see it), or call `.py()` on any `Bound`"
            ),
        )
    })
}
