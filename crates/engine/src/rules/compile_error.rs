//! The compiler refuses the code.
//!
//! The Rust compiler found an error, so there is no extension module yet and no test was run. Only the first errors are
//! listed: a later one is often a consequence of an earlier one, so mend the first and look again.
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
//! Open the named line. The compiler's own explanation, with `help:` lines that often hold the very text to write,
//! follows the finding. `rustc --explain E0308` explains an error by its number.
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
    match (advice, number) {
        (Some(advice), _) => finding.hint(advice),
        (None, Some(number)) if number.starts_with('E') => finding.hint(format!(
            "`rustc --explain {number}` explains this error at length"
        )),
        _ => finding,
    }
}
