//! `wr` as the supervisor of a program that another `wr` runs.

use std::process::ExitCode;

use engine::{Exit, Supervised};

/// Runs the program and exits the way it exited.
pub(crate) fn run(supervised: &Supervised) -> ExitCode {
    match engine::supervise(supervised) {
        Exit::Code(code) => u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from),
        Exit::Signal(signal) => engine::end_by(signal),
    }
}
