//! The exercise's tests have been changed.
//!
//! Trying things out in the tests is fine: a failing test is reported as usual, and this is only an additional
//! warning. But an exercise counts as solved only if its original tests pass.
//!
//! ## Example
//!
//! To see what happens, `assert answer() == 42` was changed to `assert answer() == 41`, and all tests pass:
//!
//! ```text
//! WR0501 sample/tests/test_sample.py differs from the exercise's original
//! ```
//!
//! ## What to do
//!
//! Restore the file with `git -C EXERCISE checkout -- FILE` and check again. Your own code isn't touched. If you
//! added a `conftest.py` or a pytest configuration file, remove it: it changes how the tests run. The `.wr.toml`
//! files of the exercise and the course also have to be as they were last committed.
//!
//! ## Where it is specified
//!
//! The page on how to write an exercise, `[protected]`.

use std::path::Path;

use course::{Change, ChangedFile};
use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

use crate::shell::word;

pub(crate) const RULE: Rule =
    Rule::new("WR0501", "tests-changed", include_str!("tests_changed.rs"));

/// `dir` is the exercise's directory, so that the command in the help works from any directory.
pub(crate) fn finding(changed: &ChangedFile, dir: &Path) -> Diagnostic {
    let file = changed.path.display().to_string();
    let back = format!(
        "`git -C {} checkout -- {}` restores it",
        word(dir),
        word(&changed.path)
    );
    let (what, hint) = match &changed.change {
        Change::Changed => ("differs from the exercise's original".to_owned(), back),
        Change::Missing => ("is missing".to_owned(), back),
        Change::Added => (
            "isn't part of the exercise".to_owned(),
            "remove it: it changes how the tests run".to_owned(),
        ),
        Change::Unreadable(reason) => (format!("cannot be read: {reason}"), back),
    };
    RULE.finding(format!("{file} {what}"))
        .because(Evidence::at(SourceLocation::file(&file)))
        .hint(hint)
}

/// The exercise's code replaces something that decides whether a test passes.
pub(crate) fn replaced(name: &str, file: &str) -> Diagnostic {
    RULE.finding(format!(
        "{file} replaces `{name}`, which decides whether a test passes"
    ))
    .because(Evidence::at(SourceLocation::file(file)))
    .hint("don't modify pytest: remove that code, then check again")
}

/// Settings of the course that differ from the last commit.
pub(crate) fn settings(file: &Path, shown: &str) -> Diagnostic {
    let dir = file.parent().unwrap_or(file);
    let name = Path::new(file.file_name().unwrap_or_default());
    RULE.finding(format!(
        "{shown} differs from the last commit, and it decides how the exercise is verified"
    ))
    .because(Evidence::at(SourceLocation::file(shown)))
    .hint(format!(
        "`git -C {} checkout HEAD -- {}` restores it; if you are the course's author, commit the change",
        word(dir),
        word(name)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_works_from_anywhere() {
        let changed = ChangedFile {
            path: "tests/test_it.py".into(),
            change: Change::Changed,
        };
        let found = finding(&changed, Path::new("/my course/exercises/01_a"));
        assert_eq!(
            found.hint.as_deref(),
            Some("`git -C '/my course/exercises/01_a' checkout -- tests/test_it.py` restores it")
        );
    }
}
