//! pytest itself couldn't run.
//!
//! pytest failed for a reason other than a failing test: its configuration is broken, a plugin is missing, an
//! argument is unknown, or a `conftest.py` raised an exception.
//!
//! ## Example
//!
//! ```text
//! ERROR: usage: pytest [options] [file_or_dir] [file_or_dir] [...]
//! pytest: error: unrecognized arguments: --cov=sample
//! ```
//!
//! The configuration uses the plugin pytest-cov, which isn't installed.
//!
//! ## What to do
//!
//! pytest's own message follows the finding. Its configuration is in `pyproject.toml` under
//! `[tool.pytest.ini_options]` (since pytest 9 also `[tool.pytest]`), or in `pytest.ini`.
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

/// The finding when the program itself, or pytest in it, didn't start.
pub(crate) fn not_started(python: &Path, error: &io::Error) -> Diagnostic {
    unusable(&format!("{}: {error}", python.display()))
}

/// The finding when pytest couldn't be started.
pub(crate) fn unusable(reason: &str) -> Diagnostic {
    RULE.finding("pytest could not be started")
        .because(Evidence::output("pytest", reason.trim()))
        .hint("the message above says why; you can delete the directory .wr, `wr` recreates the environment in it")
}

pub(crate) fn finding(status: i32, output: &str) -> Diagnostic {
    let what = match status {
        2 => "it was interrupted",
        3 => "it had an internal error",
        4 => "it was called with bad arguments, or a conftest.py failed",
        _ => "it exited in an unusual way",
    };
    let plugins = missing_plugin::of_options(output);
    if !plugins.is_empty() {
        return RULE
            .finding(format!(
                "pytest could not run: it was given options from {}, which {} not installed",
                plugins.join(" and "),
                if plugins.len() == 1 { "is" } else { "are" }
            ))
            .because(Evidence::output("pytest", output.trim()))
            .hint(missing_plugin::hint(&plugins));
    }
    RULE.finding(format!(
        "pytest could not run: {what} (exit status {status})"
    ))
    .because(Evidence::output("pytest", output.trim()))
    .hint("pytest's own message names the configuration, plugin or conftest.py to look at")
}

/// The finding when an error in pytest or a plugin ended the run after some tests.
pub(crate) fn stopped(ran: usize, output: &str) -> Diagnostic {
    // pytest also marks the empty lines of the traceback.
    let is_words = |line: &&str| {
        let rest = line.strip_prefix("INTERNALERROR>");
        rest.is_some_and(|rest| rest.len() > 1)
    };
    let last = output.lines().rev().find(is_words).unwrap_or_default();
    RULE.finding(format!(
        "pytest stopped with an internal error after {ran} tests; those after that weren't run"
    ))
    .because(Evidence::output("pytest", last.trim()))
    .hint("the traceback in its output names the plugin, hook or `__repr__` that raised the error")
}

/// Whether a finding says that pytest could not read `pyproject.toml`.
pub(crate) fn is_about_pyproject(finding: &Diagnostic) -> bool {
    let names_it = |evidence: &Evidence| matches!(evidence, Evidence::Output { text, .. } if text.contains("pyproject.toml: "));
    finding.code == *RULE.code() && finding.evidence.iter().any(names_it)
}
