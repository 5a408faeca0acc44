//! This package has no wheel for the Python and platform you ask about.
//!
//! A lock file or an index lists the files of each package. If none of the wheels has a tag that this Python accepts,
//! the installer builds the package from source, which needs a compiler and often more. If there's no source
//! distribution either, it gives up:
//!
//! ```text
//! ERROR: Could not find a version that satisfies the requirement fast==1.0
//! error: Distribution `fast==1.0` can't be installed because it doesn't have a source distribution or wheel for the current platform
//! ```
//!
//! ## Example
//!
//! A project moves to free-threaded Python. Its lock file has `orjson` wheels for Python 3.13 and 3.14 with the GIL,
//! but none with the tag `cp314t`.
//!
//! ## What to do
//!
//! Look for a later version that has such a wheel, and lock again. Otherwise install what building from source needs
//! (for a Rust extension, a Rust toolchain), or stay with a Python that the package has wheels for.
//!
//! ## Where it is specified
//!
//! [PEP 425](https://peps.python.org/pep-0425/) for tags, [PEP 751](https://peps.python.org/pep-0751/) for `pylock.toml`.

use diagnostic::{Diagnostic, Rule, Severity};

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new("WR0134", "no-wheel", include_str!("no_wheel.rs"));

/// The finding for a requirement that an index has no wheel for.
pub(in crate::loads) fn on_index(
    requirement: &str,
    newest: Option<&str>,
    host: &str,
) -> Diagnostic {
    let newest = newest.map_or_else(
        || "; pip finds no version for its own Python either: is the name right?".to_owned(),
        |version| format!("; the newest version for pip's own Python is {version}"),
    );
    RULE.finding(format!(
        "no version that matches `{requirement}` has a wheel for {host}{newest}"
    ))
    .hint("wait for such a wheel, build it from source if the index has a source distribution, or stay with a Python that \
           has wheels")
}

/// The finding for a package without a matching wheel. `nearest` is the closest wheel, with the reason why it doesn't
/// match.
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
            "an installer will build it from source, which needs a compiler; or look for a later version with such a wheel",
        )
    } else {
        (
            Severity::Error,
            "there's no source distribution either, so no installer can install it: look for a later version with such a \
             wheel",
        )
    };
    RULE.finding(format!("`{package}` has no wheel for {host}: {wheels}"))
        .severity(severity)
        .hint(hint)
}
