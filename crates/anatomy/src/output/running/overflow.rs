//! A Python integer doesn't fit the Rust integer type.
//!
//! Python's integers grow as large as they need to, but Rust's have a fixed width. PyO3 refuses a value that's too
//! large, or negative for an unsigned type:
//!
//! ```text
//! OverflowError: out of range integral type conversion attempted
//! while processing 'x'
//! OverflowError: can't convert negative int to unsigned
//! OverflowError: Python int too large to convert to C long
//! ```
//!
//! ## Example
//!
//! ```rust,ignore
//! #[pyfunction]
//! fn half(x: u8) -> u8 { x / 2 }
//! ```
//!
//! called as `half(300)` or `half(-1)`.
//!
//! ## What to do
//!
//! Use a wider type (`i64`, `i128`), or, with PyO3's feature `num-bigint`, a `BigInt`, which has no limit. If the limit
//! is intended, the exception is right: test for it with `pytest.raises(OverflowError)`.
//!
//! ## Where it is specified
//!
//! PyO3's guide under [Mapping of Rust types to Python types](https://pyo3.rs/latest/conversions/tables.html).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::Output;

pub(crate) static RULE: Rule = Rule::new("WR0304", "overflow", include_str!("overflow.rs"));

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output
        .line_with(&[
            "OverflowError: ",
            "out of range integral type conversion attempted",
        ])
        .or_else(|| {
            // Python's own messages only concern PyO3 if PyO3 names the parameter.
            output.lines().find(|line| {
                line.contains("OverflowError: ")
                    && (line.contains("can't convert negative int to unsigned")
                        || line.contains("int too big to convert")
                        || line.contains("int too large to convert"))
                    && output.parameter(line).is_some()
            })
        })?;
    let what = match output.parameter(line) {
        Some(parameter) => format!("the argument `{parameter}` doesn't fit its Rust integer type"),
        None => "an integer doesn't fit the Rust type".to_owned(),
    };
    let hint = if line.contains("negative int to unsigned") {
        "use a signed type, such as `i64` or `isize`, and return a `ValueError` if a negative number makes no sense"
    } else {
        "use a wider type such as `i64` or `i128`, or, with the feature `num-bigint`, a `BigInt`"
    };
    Some(output.finding(&RULE, line, what).hint(hint))
}
