//! The PyO3 version in use doesn't support a Python this new.
//!
//! PyO3 has to know the internals of each Python version it supports. Its build script stops when it finds a newer one:
//!
//! ```text
//! error: the configured Python version (3.16) is newer than PyO3's maximum supported version (3.15)
//! ```
//!
//! ## Example
//!
//! A project that pins `pyo3 = "0.20"` was written for Python 3.12; the machine has since moved to 3.14.
//!
//! ## What to do
//!
//! Upgrade PyO3: change its version in `Cargo.toml`, then `cargo update -p pyo3`. If that has to wait, choose an older
//! interpreter (`PYO3_PYTHON=python3.12`, or a virtual environment created with it). With the feature `abi3-py3…` for
//! an older Python, the extension is built as if for that version, and any newer interpreter will do;
//! `PYO3_USE_ABI3_FORWARD_COMPATIBILITY=1` does the same with the newest Python that PyO3 knows. Neither works for
//! free-threaded builds before 3.15, which have no stable ABI.
//!
//! ## Where it is specified
//!
//! The manifest of the crate `pyo3-ffi` lists the supported range under `package.metadata.cpython`; the variable is
//! documented in PyO3's guide under [Building and distribution](https://pyo3.rs/latest/building-and-distribution.html).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::{Output, between};
use crate::python_api::pyo3_releases;
use crate::target::PythonVersion;

/// The rule itself, for other crates that find the same cause.
pub static RULE: Rule = Rule::new(
    "WR0201",
    "python-too-new",
    include_str!("python_too_new.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let (line, found) = output
        .between("the configured Python version (", ")")
        .or_else(|| output.between("the configured Python interpreter version (", ")"))
        .filter(|(line, _)| line.contains("is newer than PyO3's maximum supported version"))?;
    let newest = between(line, "maximum supported version (", ")")?;
    let pyo3 = output
        .rest("built with PyO3 version ")
        .or_else(|| output.rest("is available. Current version: "))
        .map(|(_, version)| version.to_owned());
    let this = pyo3.map_or_else(
        || "this PyO3".to_owned(),
        |version| format!("PyO3 {version}"),
    );
    let hint = match oldest_supporting(found) {
        Some(version) => {
            format!("upgrade PyO3 to {version} or later, or use Python {newest} or older")
        }
        None => {
            format!("use Python {newest} or older: no PyO3 version known to `wr` supports {found}")
        }
    };
    Some(
        output
            .finding(
                &RULE,
                line,
                format!(
                    "Python {found} is too new for {this}, which supports versions up to {newest}"
                ),
            )
            .hint(hint),
    )
}

fn oldest_supporting(python: &str) -> Option<&'static str> {
    let python = PythonVersion::parse(python)?;
    pyo3_releases()
        .find(|release| release.newest_python.is_some_and(|newest| newest >= python))
        .map(|release| release.version)
}
