//! No wheel of this package is for the Python and platform that you ask about.
//!
//! A lock file or an index lists the files of each package. Where none of the wheels has a tag that this Python takes, the
//! installer builds the package from its source, which needs a compiler and often more; where there is no source either, it
//! gives up:
//!
//! ```text
//! ERROR: Could not find a version that satisfies the requirement fast==1.0
//! error: Distribution `fast==1.0` can't be installed because it doesn't have a source distribution or wheel for the current platform
//! ```
//!
//! ## Example
//!
//! A project moves to free-threaded Python. Its lock file has wheels of `orjson` for Python 3.13 and 3.14 with the GIL, and none
//! with the tag `cp314t`.
//!
//! ## What to do
//!
//! Look for a later version that has such a wheel, and lock again. Otherwise have what the source needs to be built (for a
//! Rust extension, a Rust tool chain), or stay with a Python that the package has wheels for.
//!
//! ## Where it is specified
//!
//! [PEP 425](https://peps.python.org/pep-0425/) for tags, [PEP 751](https://peps.python.org/pep-0751/) for `pylock.toml`.

use diagnostic::{Diagnostic, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule::new("WR0134", "no-wheel", include_str!("no_wheel.rs"));

/// What is said of a package without a fitting wheel. `nearest` is the one that comes nearest, with the reason why it isn't
/// taken.
pub(in crate::loads) fn finding(
    package: &str,
    host: &str,
    nearest: Option<(&str, String)>,
    has_source: bool,
) -> Diagnostic {
    let wheels = match nearest {
        Some((file, reason)) => format!("the nearest is `{file}`: {reason}"),
        None => "it has no wheels at all".to_owned(),
    };
    let (severity, hint) = if has_source {
        (
            Severity::Warning,
            "an installer builds it from source, which needs its compiler; or look for a later version with such a wheel",
        )
    } else {
        (
            Severity::Error,
            "there is no source either, so no installer can install it: look for a later version with such a wheel",
        )
    };
    RULE.finding(format!("`{package}` has no wheel for {host}: {wheels}"))
        .severity(severity)
        .hint(hint)
}
