//! Programs that a proof starts in addition to the engine: formatters and the ordinary tools.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::time::Duration;

use engine::{Command, Ended, Finished, Interrupted, run_program};

use crate::AuthorError;
use crate::config::ProofConfig;

/// The time limit for such a program: the first one compiles the dependencies.
const LIMIT: Duration = Duration::from_mins(15);

/// Runs a program to completion. `help` says how to install it.
pub(crate) fn run(
    config: &ProofConfig<'_>,
    command: &Command,
    help: &str,
) -> Result<Finished, AuthorError> {
    let finished = run_program(config.system, command, LIMIT, config.cancel).map_err(|error| {
        let name = command.program.to_string_lossy();
        AuthorError::Tool {
            message: match error.kind() {
                io::ErrorKind::NotFound => format!("`{name}` is not installed"),
                _ => format!("`{name}` cannot be started: {error}"),
            },
            help: help.to_owned(),
        }
    })?;
    if finished.ended == Ended::Cancelled {
        return Err(Interrupted.into());
    }
    Ok(finished)
}

/// A program in `cwd`, with the environment of the engine's programs.
pub(crate) fn command(
    config: &ProofConfig<'_>,
    program: impl Into<OsString>,
    cwd: &Path,
) -> Command {
    Command::new(program, cwd)
        .envs(&config.settings.env)
        .env("NO_COLOR", "1")
        .env("CARGO_TERM_COLOR", "never")
}

/// Whether a program succeeded.
pub(crate) fn succeeded(finished: &Finished) -> bool {
    matches!(finished.ended, Ended::Exited(exit) if exit.success())
}

/// The last lines of a program's output.
pub(crate) fn tail(finished: &Finished, most: usize) -> String {
    let text = format!("{}\n{}", finished.stdout.text(), finished.stderr.text());
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    lines[lines.len().saturating_sub(most)..].join("\n")
}
