//! The exit statuses of verdicts.

use std::process::ExitCode;

/// Not solved.
pub(crate) const NOT_SOLVED: u8 = 1;

/// The exit status of a verdict.
pub(crate) fn status(is_solved: bool) -> ExitCode {
    if is_solved {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(NOT_SOLVED)
    }
}
