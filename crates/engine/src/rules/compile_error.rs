//! The compiler refuses the code.
//!
//! The Rust compiler found an error, so there is no extension module yet and no test was run. Only the first errors are listed: later ones
//! are often consequences of earlier ones, so fix the first and look again. Errors that are one mistake are one finding, with all its places.
//!
//! This is the code of errors that need no further explanation, or that no rule explains. Errors that are about PyO3's own traits and macros have
//! codes that begin with WR07. Each of those rules holds for the versions of PyO3 and rustc on its page, and is silent about others.
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
//! Open the line. The help is the compiler's own proposal, if it has one. Below it is what the compiler printed, without the sources of PyO3 and of
//! the standard library; `-v` shows all of it. `rustc --explain E0308` explains an error by its number.
//!
//! Conversions that PyO3 has only with a cargo feature are WR0231, and a dependency that doesn't compile is WR0232.
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
