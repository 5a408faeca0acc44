//! Runs Python tests through the harness, a Python process that reports in events.

mod account;
mod active_frame;
mod conftest;
mod did_not_raise;
mod files;
mod phases;
pub(crate) mod printed;
mod protocol;
mod request;
mod trace;
mod zygote;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::system::LIMIT_MARK;
use crate::test::End;

pub(crate) use account::{import_of, missing_attribute};
pub(crate) use active_frame::read as active_frame;
pub(crate) use conftest::account_for as account_for_conftest;
pub(crate) use zygote::{Zygote, ZygoteSpec};

/// A run of pytest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// Where pytest starts.
    pub(crate) cwd: PathBuf,
    /// Its arguments.
    pub(crate) args: Vec<OsString>,
    /// What is on `sys.path` where packages are installed.
    pub(crate) path: Vec<PathBuf>,
    /// What is on `sys.path` after all installed packages, as what a `.pth` file names.
    pub(crate) late_path: Vec<PathBuf>,
    /// What is set in the environment besides what the harness has.
    pub(crate) env: BTreeMap<OsString, OsString>,
    /// The extension under test by its import name, and the directory in which it was put.
    pub(crate) module: Option<(String, PathBuf)>,
    /// Directories whose files are ours, or pytest's from run to run: what a run reads there is no input of its verdict.
    pub(crate) own: Vec<PathBuf>,
    /// Where the harness notes what runs when the time is up; two runs at once need two files.
    pub(crate) trace: PathBuf,
    /// Whether pytest may be configured before what it tests is in place: nothing of the project is imported by that.
    pub(crate) early: bool,
    /// A digest of the files that configure pytest, so that a child prepared for others is not used.
    pub(crate) configuration: String,
    /// How long it may take.
    pub(crate) limit: Duration,
}

/// What the supervisor said of a limit, if it did.
pub(crate) fn limit_in(stderr: &str) -> Option<End> {
    let rest = stderr
        .lines()
        .rev()
        .find_map(|line| line.strip_prefix(LIMIT_MARK))?;
    let mut words = rest.split_ascii_whitespace();
    Some(End::Exceeded {
        what: words.next()?.to_owned(),
        used: words.next()?.parse().ok()?,
        most: words.next()?.parse().ok()?,
    })
}

/// The last Python line in `faulthandler`'s account that belongs to the project below `root`.
pub(crate) fn last_line_in(trace: &str, root: &Path) -> Option<diagnostic::SourceLocation> {
    // The main thread's stack is what the learner's test is on; other threads come before it.
    trace.lines().find_map(|line| {
        let rest = line.trim_start().strip_prefix("File \"")?;
        let (file, rest) = rest.split_once("\", line ")?;
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let shown = Path::new(file).strip_prefix(root).ok()?;
        trace::is_ours(shown).then_some(())?;
        Some(diagnostic::SourceLocation::line(
            shown.display().to_string(),
            digits.parse().ok()?,
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_supervisor_is_heard() {
        let said = format!("noise\n{LIMIT_MARK}memory 2048 1024\n");
        assert_eq!(
            limit_in(&said),
            Some(End::Exceeded {
                what: "memory".to_owned(),
                used: 2048,
                most: 1024
            })
        );
        assert_eq!(limit_in("wr-limit memory 1 2"), None);
    }

    #[test]
    fn the_last_line_of_the_project_is_found() {
        let trace = "Fatal Python error: Segmentation fault\n\nCurrent thread 0x1 (most recent call first):\n  File \"/v/site-packages/x.py\", line 3 in g\n  File \"/course/ex/sample/tests/test_a.py\", line 12 in test_a\n  File \"/v/pytest.py\", line 1 in f\n";
        assert_eq!(
            last_line_in(trace, Path::new("/course/ex")),
            Some(diagnostic::SourceLocation::line(
                "sample/tests/test_a.py",
                12
            ))
        );
    }
}
