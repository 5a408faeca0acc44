//! Runs Python tests through the harness, a Python process that reports events.

mod active_frame;
mod conftest;
mod did_not_raise;
mod files;
mod fixture;
mod phases;
pub(crate) mod printed;
mod protocol;
mod reports;
mod request;
mod trace;
mod zygote;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::system::LIMIT_MARK;
use crate::test::End;

pub(crate) use active_frame::read as active_frame;
pub(crate) use conftest::include_conftest;
pub(crate) use reports::{import_of, missing_attribute};
pub(crate) use request::variables;
pub(crate) use zygote::{Zygote, ZygoteSpec};

/// A run of pytest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// Where pytest starts.
    pub(crate) cwd: PathBuf,
    /// Its arguments.
    pub(crate) args: Vec<OsString>,
    /// Directories to put on `sys.path` where installed packages are.
    pub(crate) path: Vec<PathBuf>,
    /// Directories to put on `sys.path` after all installed packages, as a `.pth` file does.
    pub(crate) late_path: Vec<PathBuf>,
    /// Environment variables in addition to the harness's own.
    pub(crate) env: BTreeMap<OsString, OsString>,
    /// The extension under test by its import name, and the directory where it was put.
    pub(crate) module: Option<(String, PathBuf)>,
    /// Directories with files of `wr` itself or of pytest between runs: reading them isn't an input of the verdict.
    pub(crate) own: Vec<PathBuf>,
    /// Where the harness records what is running when the time is up; two simultaneous runs need two files.
    pub(crate) trace: PathBuf,
    /// Whether pytest may be configured before the extension is in place, because that imports nothing from the project.
    pub(crate) early: bool,
    /// A digest of the files that configure pytest, so that a child prepared for others is not used.
    pub(crate) configuration: String,
    /// How long it may take.
    pub(crate) limit: Duration,
}

/// The limit that the supervisor reports as exceeded, if any.
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

/// The last Python line in `faulthandler`'s traceback that belongs to the project below `root`.
pub(crate) fn last_line_in(trace: &str, root: &Path) -> Option<diagnostic::SourceLocation> {
    // The test runs on the main thread; other threads come before it.
    trace.lines().find_map(|line| {
        let rest = line.trim_start().strip_prefix("File \"")?;
        let (file, rest) = rest.split_once("\", line ")?;
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let shown = Path::new(file).strip_prefix(root).ok()?;
        trace::is_own(shown).then_some(())?;
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
    fn an_exceeded_limit_is_found() {
        let printed = format!("noise\n{LIMIT_MARK}memory 2048 1024\n");
        assert_eq!(
            limit_in(&printed),
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
