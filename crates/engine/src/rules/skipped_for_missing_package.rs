//! Tests were skipped because a package that the project lists is missing.
//!
//! `pytest.importorskip` and conditions such as `skipif` skip tests if a package isn't installed. For an optional
//! package that's fine. But the project lists this package in one of its files, so these tests do run somewhere,
//! and here you can't tell whether they pass.
//!
//! ## Example
//!
//! ```text
//! SKIPPED [138] tests/test_frames.py:5: could not import 'pandas': No module named 'pandas'
//! ```
//!
//! ## What to do
//!
//! List the package where `wr` looks for test requirements: in a dependency group or an extra called `test` or
//! `dev`, which may include others (`dev = ["mypackage[pandas]"]`). If the environment is your own, install the
//! package there.
//!
//! ## Where it is specified
//!
//! pytest's documentation, "How to use skip and xfail"; [PEP 735](https://peps.python.org/pep-0735/) for groups.

use diagnostic::{Diagnostic, Evidence, Rule, Severity, SourceLocation, some};

use crate::test::Skip;

pub(crate) const RULE: Rule = Rule::new(
    "WR0363",
    "skipped-for-missing-package",
    include_str!("skipped_for_missing_package.rs"),
);

/// How many of the skipped tests are named.
const SHOWN: usize = 3;

/// `distribution` is listed in `file` but not installed.
pub(crate) fn finding(distribution: &str, file: &str, skipped: &[&Skip]) -> Diagnostic {
    let ids: Vec<&str> = skipped.iter().map(|skip| skip.id.as_str()).collect();
    let reason = skipped.first().map_or("", |skip| &skip.reason);
    RULE.finding(format!(
        "{} because {distribution}, which {file} lists, is missing",
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
        "list {distribution} in the dependency group or extra `test` in pyproject.toml, or install it in your own environment"
    ))
}
