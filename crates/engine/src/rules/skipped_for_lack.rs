//! Tests were skipped because a package is missing that the project itself names.
//!
//! `pytest.importorskip` and conditions such as `skipif` leave tests out where a package is not installed. For a package that is
//! optional that is as it should be. But the project names the package in one of its files, so somewhere these tests do run, and
//! here nobody knows whether they pass.
//!
//! ## Example
//!
//! ```text
//! SKIPPED [138] tests/test_frames.py:5: could not import 'pandas': No module named 'pandas'
//! ```
//!
//! ## What to do
//!
//! Name the package where `wr` looks for what tests need: in a dependency group or an extra called `test` or `dev`, which may
//! include others (`dev = ["mypackage[pandas]"]`). In an environment of your own, install it there.
//!
//! ## Where it is specified
//!
//! pytest's documentation, "How to use skip and xfail"; [PEP 735](https://peps.python.org/pep-0735/) for groups.

use diagnostic::{Diagnostic, Evidence, Rule, Severity, SourceLocation, some};

use crate::test::Skip;

pub(crate) const RULE: Rule = Rule::new(
    "WR0363",
    "skipped-for-lack",
    include_str!("skipped_for_lack.rs"),
);

/// How many of the skipped are named.
const SHOWN: usize = 3;

/// `distribution` is named in `file` and not installed.
pub(crate) fn finding(distribution: &str, file: &str, skipped: &[&Skip]) -> Diagnostic {
    let ids: Vec<&str> = skipped.iter().map(|skip| skip.id.as_str()).collect();
    let reason = skipped.first().map_or("", |skip| &skip.reason);
    RULE.finding(format!(
        "{} because {distribution} is missing, which {file} names",
        match skipped.len() {
            1 => "a test or test file was skipped".to_owned(),
            count => format!("{count} tests or test files were skipped"),
        }
    ))
    .severity(Severity::Warning)
    .because(Evidence::output("pytest", reason))
    .because(Evidence::output("skipped", some(&ids, SHOWN)))
    .because(Evidence::at(SourceLocation::file(file)))
    .hint(format!(
        "name {distribution} in the dependency group or extra `test` in pyproject.toml, or install it in your own environment"
    ))
}
