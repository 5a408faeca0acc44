//! `wr run`: Python with the extension at hand, rebuilt if its sources have changed.

use std::process::{Command, ExitCode};

use engine::{Importable, NativeSystem, Subject};

use super::target::{Target, resolve};
use crate::cli::{self, Global, Run};
use crate::error::CommandError;
use crate::render;
use crate::session::{self, Session};

pub(crate) fn run(run: &Run, global: &Global) -> Result<ExitCode, CommandError> {
    let system = session::system()?;
    let here = cli::Target {
        target: None,
        pytest_args: Vec::new(),
    };
    let (subject, session) = match resolve(&system, &here, global)? {
        Target::Project(root) => {
            let subject = engine::project(&system, &root, &[])?;
            let session = Session::start(&system, &root, None, global)?;
            (subject, session)
        }
        Target::Exercise(course, id) => {
            let exercise = session::present(&course, &id)?;
            let subject = engine::exercise(&system, &course, exercise)?;
            let session = Session::start(&system, course.root(), Some(&course), global)?;
            (subject, session)
        }
    };
    match importable(&subject, session)? {
        Ok(importable) => start(&system, &importable, run),
        Err(verdict) => {
            render::verdict(&verdict, &subject.root, global);
            render::conclude("run", std::slice::from_ref(&*verdict), None, global);
            Ok(crate::exit::status(false))
        }
    }
}

/// Builds what Python is going to import. The session ends here: afterwards nothing of it may be left.
fn importable(
    subject: &Subject,
    mut session: Session<'_>,
) -> Result<Result<Importable, Box<engine::Verdict>>, CommandError> {
    session.importable(subject)?.ok_or_else(|| {
        CommandError::new(format!(
            "{} contains nothing that Python could import",
            subject.name
        ))
        .help("`wr run` works in exercises and projects with an extension module or Python tests; `wr check` runs this one's tests")
    })
}

/// Becomes Python: the terminal, signals and the exit status are then its own.
#[cfg(unix)]
fn start(
    system: &NativeSystem,
    importable: &Importable,
    run: &Run,
) -> Result<ExitCode, CommandError> {
    use std::os::unix::process::CommandExt;
    system.leave_orphans();
    let error = python(importable, run).exec();
    Err(cannot_start(importable, &error))
}

/// Starts Python and waits for it. Both get Ctrl-C, and only Python reacts. The exit status may be larger than a Unix one.
#[cfg(not(unix))]
fn start(_: &NativeSystem, importable: &Importable, run: &Run) -> Result<ExitCode, CommandError> {
    crate::interrupt::leave_to_child();
    let status = python(importable, run)
        .status()
        .map_err(|error| cannot_start(importable, &error))?;
    std::process::exit(status.code().unwrap_or(1))
}

fn python(importable: &Importable, run: &Run) -> Command {
    let mut python = Command::new(&importable.python);
    python.args(&run.args).env_clear().envs(&importable.env);
    python
}

fn cannot_start(importable: &Importable, error: &std::io::Error) -> CommandError {
    CommandError::new(format!(
        "cannot start {}: {error}",
        importable.python.display()
    ))
    .help("`wr doctor` checks the environment that it belongs to")
}
