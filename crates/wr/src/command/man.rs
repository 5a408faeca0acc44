//! `wr man`: manual pages, shown by `man` or written for a package.

use std::fs;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::{Command, ExitCode};

use crate::cli::{self, Man};
use crate::error::CommandError;
use crate::manual::{self, Page};
use crate::render;

pub(crate) fn run(wanted: &Man) -> Result<ExitCode, CommandError> {
    if let Some(dir) = &wanted.write {
        write(dir)?;
        return Ok(ExitCode::SUCCESS);
    }
    let page = manual::page(cli::definition(), &wanted.verb)
        .ok_or_else(|| {
            CommandError::new(format!(
                "there is no command `wr {}`",
                wanted.verb.join(" ")
            ))
            .help("`wr --help` lists the commands")
        })?
        .map_err(cannot_render)?;
    if std::io::stdout().is_terminal() {
        show(&page)
    } else {
        render::file(&page.text);
        Ok(ExitCode::SUCCESS)
    }
}

fn write(dir: &Path) -> Result<(), CommandError> {
    let pages = manual::pages(cli::definition()).map_err(cannot_render)?;
    let failed = |path: &Path, error: std::io::Error| {
        CommandError::new(format!("cannot write {}: {error}", path.display()))
            .help("check the permissions and the free disk space")
    };
    fs::create_dir_all(dir).map_err(|error| failed(dir, error))?;
    for page in pages {
        let file = dir.join(&page.file);
        fs::write(&file, &page.text).map_err(|error| failed(&file, error))?;
    }
    Ok(())
}

/// Shows a page in `man`, which takes an argument with a slash for a file.
fn show(page: &Page) -> Result<ExitCode, CommandError> {
    let failed = |error: std::io::Error| {
        CommandError::new(format!("cannot write a temporary file: {error}"))
    };
    let dir = tempfile::tempdir().map_err(failed)?;
    let file = dir.path().join(&page.file);
    fs::File::create(&file)
        .and_then(|mut opened| opened.write_all(&page.text))
        .map_err(failed)?;
    match Command::new("man").arg(&file).status() {
        Ok(status) if status.success() => Ok(ExitCode::SUCCESS),
        Ok(status) => Err(CommandError::new(format!("`man` failed: {status}"))
            .help("`--help` after the command says the same as its manual page")),
        Err(error) => Err(
            CommandError::new(format!("`man` cannot be started: {error}"))
                .help("`--help` after the command says the same as its manual page"),
        ),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn cannot_render(error: std::io::Error) -> CommandError {
    CommandError::new(format!("cannot write the manual: {error}"))
}
