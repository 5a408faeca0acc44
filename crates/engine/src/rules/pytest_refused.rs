//! pytest itself could not run.
//!
//! pytest stopped before or beside the tests: its configuration is broken, a plugin is missing, an argument is unknown, or
//! a `conftest.py` raised an exception.
//!
//! ## Example
//!
//! ```text
//! ERROR: usage: pytest [options] [file_or_dir] [file_or_dir] [...]
//! pytest: error: unrecognized arguments: --cov=sample
//! ```
//!
//! The configuration asks for the plugin pytest-cov, which is not installed.
//!
//! ## What to do
//!
//! pytest's own words follow the finding. Its configuration stands in `pyproject.toml` under `[tool.pytest.ini_options]`
//! (from pytest 9 on also `[tool.pytest]`), or in `pytest.ini`.
//!
//! ## Where it is specified
//!
//! pytest's documentation, "Exit codes" and "Configuration".

use std::io;
use std::path::Path;

use diagnostic::{Diagnostic, Evidence, Rule};

use super::missing_plugin;

pub(crate) const RULE: Rule = Rule::new(
    "WR0362",
    "pytest-refused",
    include_str!("pytest_refused.rs"),
);

/// The finding that the program itself, or pytest in it, did not come up.
pub(crate) fn not_started(python: &Path, error: &io::Error) -> Diagnostic {
    unusable(&format!("{}: {error}", python.display()))
}

/// The finding that there was nothing to run tests with.
pub(crate) fn unusable(reason: &str) -> Diagnostic {
    RULE.finding("pytest could not be started")
        .because(Evidence::output("pytest", reason.trim()))
        .hint("the words above say why; the directory .wr may be deleted, the environment in it is made anew")
}

pub(crate) fn finding(status: i32, said: &str) -> Diagnostic {
    let what = match status {
        2 => "it was interrupted",
        3 => "it met an error of its own",
        4 => "it was called in a way it does not understand, or a conftest.py failed",
        _ => "it ended in an unusual way",
    };
    let plugins = missing_plugin::of_options(said);
    if !plugins.is_empty() {
        return RULE
            .finding(format!(
                "pytest could not run: it was given options of {}, which {} not installed",
                plugins.join(" and "),
                if plugins.len() == 1 { "is" } else { "are" }
            ))
            .because(Evidence::output("pytest", said.trim()))
            .hint(missing_plugin::hint(&plugins));
    }
    RULE.finding(format!(
        "pytest could not run: {what} (exit status {status})"
    ))
    .because(Evidence::output("pytest", said.trim()))
    .hint("pytest's own words below name the configuration, plugin or conftest.py to look at")
}

/// Whether a finding says that pytest could not read `pyproject.toml`.
pub(crate) fn is_about_pyproject(finding: &Diagnostic) -> bool {
    let is_said = |evidence: &Evidence| matches!(evidence, Evidence::Output { text, .. } if text.contains("pyproject.toml: "));
    finding.code == *RULE.code() && finding.evidence.iter().any(is_said)
}
