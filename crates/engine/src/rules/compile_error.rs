//! The code doesn't compile.
//!
//! The Rust compiler found an error, so there is no extension module yet and no test was run. Only the first errors
//! are listed. A later error is often a consequence of an earlier one, so fix the first and run again. Errors with
//! a single cause are shown as one finding with all their places.
//!
//! Errors get this code if they need no further explanation, or if no rule explains them. Errors about PyO3's own traits
//! and macros have codes that start with WR07. Each of those rules holds for the versions of PyO3 and rustc on its page,
//! and says nothing about others.
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
//! Open the named line. The help is the compiler's own suggestion, if it has one. The compiler's output follows, without
//! the parts from PyO3's and the standard library's sources; `-v` shows all of it. `rustc --explain E0308` explains an
//! error by its number.
//!
//! WR0231 covers conversions that PyO3 offers only with a cargo feature, and WR0232 a dependency that doesn't compile.
//!
//! ## Where it is specified
//!
//! The Rust compiler error index: <https://doc.rust-lang.org/error_codes/error-index.html>.

use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

pub(crate) static RULE: Rule =
    Rule::new("WR0351", "compile-error", include_str!("compile_error.rs"));

/// A finding of this rule, or of one that explains the error.
pub(crate) fn finding(
    rule: &Rule,
    message: &str,
    number: Option<&str>,
    place: Option<(SourceLocation, String)>,
    advice: Option<String>,
) -> Diagnostic {
    let mut finding = rule.finding(match number {
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
