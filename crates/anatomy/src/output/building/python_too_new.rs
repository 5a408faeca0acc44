//! Python is newer than the PyO3 in use supports.
//!
//! PyO3 knows the layout of each Python version it supports. Its build script stops when it finds a newer one:
//!
//! ```text
//! error: the configured Python version (3.16) is newer than PyO3's maximum supported version (3.15)
//! ```
//!
//! ## Example
//!
//! A project that pins `pyo3 = "0.20"` was made for Python 3.12; the machine has since moved to 3.14.
//!
//! ## What to do
//!
//! Upgrade PyO3: change its version in `Cargo.toml`, then `cargo update -p pyo3`. Where that must wait, choose an older
//! interpreter (`PYO3_PYTHON=python3.12`, or a virtual environment made with it). With the feature `abi3-py3…` of an older
//! Python the extension is built as for that one, and every newer interpreter will do; so does
//! `PYO3_USE_ABI3_FORWARD_COMPATIBILITY=1` for the newest Python that PyO3 knows. Free-threaded builds before 3.15 have no
//! stable ABI, and can do neither.
//!
//! ## Where it is specified
//!
//! The supported range stands in the manifest of the crate `pyo3-ffi`, under `package.metadata.cpython`; the variable
//! in PyO3's guide under [Building and distribution](https://pyo3.rs/latest/building-and-distribution.html).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::{Output, between};
use crate::python_api::pyo3_releases;
use crate::target::PythonVersion;

/// The rule.
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
        Some(version) => format!(
            "upgrade PyO3 to {version} or later, or use an interpreter of Python {newest} or older"
        ),
        None => format!(
            "use an interpreter of Python {newest} or older: no PyO3 known here supports {found}"
        ),
    };
    Some(
        output
            .finding(
                &RULE,
                line,
                format!("Python {found} is newer than {this} supports: it goes up to {newest}"),
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
