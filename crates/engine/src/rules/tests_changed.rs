//! The exercise's tests are not the ones it came with.
//!
//! Trying things out in the tests is fine, and a failing test is reported as ever. But an exercise counts as solved only when
//! the tests it came with pass.
//!
//! ## Example
//!
//! To see what happens, `assert answer() == 42` was changed to `assert answer() == 41`, and all tests pass:
//!
//! ```text
//! WR0501 sample/tests/test_sample.py is not the file that the exercise came with
//! ```
//!
//! ## What to do
//!
//! Bring the file back with `git checkout -- FILE` and look again. Your own code stays as it is. A `conftest.py` or a file of
//! pytest's settings that you added has to go again: what it says changes how the tests run.
//!
//! ## Where it is specified
//!
//! The page on how to write an exercise, `[protected]`.

use course::{Change, ChangedFile};
use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

use crate::shell::word;

pub(crate) const RULE: Rule =
    Rule::new("WR0501", "tests-changed", include_str!("tests_changed.rs"));

pub(crate) fn finding(changed: &ChangedFile) -> Diagnostic {
    let file = changed.path.display().to_string();
    let back = format!("`git checkout -- {}` brings it back", word(&changed.path));
    let (what, hint) = match &changed.change {
        Change::Changed => (
            "is not the file that the exercise came with".to_owned(),
            back,
        ),
        Change::Missing => ("is missing".to_owned(), back),
        Change::Added => (
            "did not come with the exercise".to_owned(),
            "take it out again: what it says changes how the tests run".to_owned(),
        ),
        Change::Unreadable(reason) => (format!("cannot be read: {reason}"), back),
    };
    RULE.finding(format!("{file} {what}"))
        .because(Evidence::at(SourceLocation::file(&file)))
        .hint(hint)
}
