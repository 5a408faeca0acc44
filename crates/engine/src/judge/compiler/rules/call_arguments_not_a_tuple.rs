//! The arguments of a call aren't a tuple.
//!
//! `call1` and `call_method1` take the positional arguments as one tuple, even if there's only one argument.
//!
//! Holds for: PyO3 0.23 to 0.30, rustc 1.95 and later.
//!
//! ## Example
//!
//! ```text
//! error[E0277]: `{integer}` cannot used as a Python `call` argument
//!  --> src/lib.rs:3:60
//!   | call.call1(1)?
//! ```
//!
//! ## What to do
//!
//! Write a tuple. With one item it needs a comma:
//!
//! ```rust,ignore
//! call.call1((1,))?;
//! ```
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Calling Python functions](https://pyo3.rs/latest/python-from-rust/function-calls.html).

use diagnostic::Rule;

use super::super::rule::{Advice, CompilerRule};
use super::super::sources::Sources;
use super::super::words::between;
use crate::build::CompilerError;

pub(crate) static RULE: CompilerRule = CompilerRule::new(
    Rule::new(
        "WR0732",
        "call-arguments-not-a-tuple",
        include_str!("call_arguments_not_a_tuple.rs"),
    ),
    explain,
);

fn explain(error: &CompilerError, _: &Sources<'_>) -> Option<Advice> {
    let message = &error.message;
    // PyO3 0.23 has no words of its own for it.
    let name = between(message, "`<", " as IntoPyObject<'_>>::Target == PyTuple`")
        .or_else(|| between(message, "`", "` cannot used as a Python `call` argument"))
        .or_else(|| between(message, "`", "` cannot be used as a Python `call` argument"))?;
    Some(Advice::new(
        name,
        "the arguments of a call are a tuple, even if there's only one: `(value,)`",
    ))
}
