//! `wr new`: an extension project that works from the start.

use std::path::Path;
use std::process::ExitCode;

use crate::cli::{Global, NewProject};
use crate::error::CommandError;
use crate::scaffold::{self, Abi, Names, Options};
use crate::{render, session};

pub(crate) fn run(wanted: &NewProject, global: &Global) -> Result<ExitCode, CommandError> {
    let here = session::here()?;
    let dir = here.join(&wanted.path);
    let name = match &wanted.name {
        Some(name) => name.clone(),
        None => name_of(&dir, &wanted.path)?,
    };
    let names =
        Names::parse(&name).map_err(|bad| CommandError::new(bad.to_string()).help(bad.help()))?;
    let options = Options {
        layout: wanted.layout,
        abi: wanted.abi3.map_or(Abi::Each, Abi::Stable),
        is_in_workspace: false,
    };
    let written = scaffold::write(&plain(&dir), names, options)?;
    render::scaffolded_project(&written, &here, global);
    Ok(ExitCode::SUCCESS)
}

/// The last part of the path; of the current directory if it's `.`.
fn name_of(dir: &Path, typed: &Path) -> Result<String, CommandError> {
    let plain = plain(dir);
    let name = plain.file_name().and_then(|name| name.to_str());
    name.map(str::to_owned).ok_or_else(|| {
        CommandError::new(format!("{} has no name for a project", typed.display()))
            .help("name one, as in `wr new . --name fast`")
    })
}

/// The path without `.` and `..`, if it exists.
fn plain(dir: &Path) -> std::path::PathBuf {
    dir.canonicalize()
        .unwrap_or_else(|_| dir.components().collect())
}
