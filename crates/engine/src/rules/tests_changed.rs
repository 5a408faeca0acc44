//! The exercise's tests are not the ones it came with.
//!
//! Trying things out in the tests is fine, and a failing test is reported as ever, with this as a warning beside it. But an exercise
//! counts as solved only when the tests it came with pass.
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
//! Bring the file back with `git -C EXERCISE checkout -- FILE` and look again. Your own code stays as it is. A `conftest.py` or
//! a file of pytest's settings that you added has to go again: what it says changes how the tests run. The same holds for the
//! exercise's `.wr.toml` and the course's: they have to say what the last commit says.
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

/// `dir` is the exercise's directory: the command in the help works wherever it is typed.
pub(crate) fn finding(changed: &ChangedFile, dir: &Path) -> Diagnostic {
    let file = changed.path.display().to_string();
    let back = format!(
        "`git -C {} checkout -- {}` brings it back",
        word(dir),
        word(&changed.path)
    );
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

/// Code of the exercise in the place of what decides whether a test passes.
pub(crate) fn replaced(name: &str, file: &str) -> Diagnostic {
    RULE.finding(format!(
        "{file} replaces `{name}`, which decides whether a test passes"
    ))
    .because(Evidence::at(SourceLocation::file(file)))
    .hint("let pytest be pytest: take that code out, and verify again")
}

/// Settings of the course that say something else than the last commit.
pub(crate) fn settings(file: &Path, shown: &str) -> Diagnostic {
    let dir = file.parent().unwrap_or(file);
    let name = Path::new(file.file_name().unwrap_or_default());
    RULE.finding(format!(
        "{shown} is not as it was committed, and it decides how the exercise is verified"
    ))
    .because(Evidence::at(SourceLocation::file(shown)))
    .hint(format!(
        "`git -C {} checkout HEAD -- {}` brings it back; if you are the course's author, commit the change",
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
            Some(
                "`git -C '/my course/exercises/01_a' checkout -- tests/test_it.py` brings it back"
            )
        );
    }
}
