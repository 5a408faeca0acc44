//! The project's environment contains a pytest that is older than `wr` works with.
//!
//! `wr` runs Python tests through pytest's hooks, and versions before 7.0 don't have all of them. If a project has an
//! environment with pytest in it, `wr` uses that environment and installs nothing there, so it can't update pytest for you.
//! It says so before it builds or runs anything.
//!
//! ## Example
//!
//! ```text
//! pytest 6.2.5 is too old: wr needs pytest 7.0 or newer
//! ```
//!
//! The project has a `.venv` in which pytest 6.2.5 is installed.
//!
//! ## What to do
//!
//! Update pytest in that environment: `.venv/bin/python -m pip install --upgrade "pytest>=7.0"`, or
//! `uv add --dev "pytest>=7.0"` if uv manages the project. If the project can't leave the old version, name an interpreter
//! with `--python`: the tests then run in an environment that `wr` manages, with a newer pytest.
//!
//! ## Where it is specified
//!
//! pytest's documentation, "Changelog", 7.0: the first version in which configuration, reports and their types are public.

use std::path::Path;

use diagnostic::{Diagnostic, Evidence, Rule};

pub(crate) const RULE: Rule = Rule::new(
    "WR0416",
    "pytest-too-old",
    include_str!("pytest_too_old.rs"),
);

/// The finding for an environment, by its interpreter, the version of pytest in it, and the oldest that would do.
pub(crate) fn finding(
    dir: &Path,
    python: &Path,
    version: &str,
    (major, minor): (u32, u32),
) -> Diagnostic {
    RULE.finding(format!(
        "pytest {version} is too old: wr needs pytest {major}.{minor} or newer"
    ))
    .because(Evidence::mismatch(
        format!("pytest in {}", dir.display()),
        format!("{major}.{minor} or newer"),
        version,
    ))
    .hint(format!(
        "update it: {} -m pip install --upgrade \"pytest>={major}.{minor}\"",
        python.display()
    ))
}
