//! `wr completions`: the script that makes a shell complete `wr`'s arguments.

use std::process::ExitCode;

use crate::cli::Completions;
use crate::completion;
use crate::error::CommandError;
use crate::render;

pub(crate) fn run(wanted: &Completions) -> Result<ExitCode, CommandError> {
    let script = completion::script(wanted.shell)
        .ok_or_else(|| CommandError::new("wr has no script for this shell"))?
        .map_err(|error| CommandError::new(format!("cannot write the script: {error}")))?;
    render::file(&script);
    Ok(ExitCode::SUCCESS)
}
