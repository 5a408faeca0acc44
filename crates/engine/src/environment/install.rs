//! Creates an environment and installs into it, with `uv` if that is on `PATH`, otherwise with `venv` and pip.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Environment, Environments, NotReady, unwritable};
use crate::event::{Event, Step};
use crate::interpreter::Interpreter;
use crate::process::{Ended, Finished, run_watched};
use crate::rules;
use crate::system::Command;

/// Enough for a slow network, but not endless for a hanging one.
const LIMIT: Duration = Duration::from_mins(15);

impl Environments<'_> {
    /// Creates an empty environment, replacing whatever is there.
    pub(super) fn create(&self, dir: &Path, interpreter: &Interpreter) -> Result<(), NotReady> {
        (self.emit)(Event::Step {
            step: Step::Environment,
            detail: format!(
                "creating a virtual environment for Python {}",
                interpreter.version_text()
            ),
        });
        let failed = |error: std::io::Error| unwritable(&error);
        self.system.remove(dir).map_err(failed)?;
        let parent = dir.parent().unwrap_or(dir);
        self.system.create_dir(parent).map_err(failed)?;
        let command = match self.uv() {
            Some(uv) => Command::new(uv, parent)
                .args(["venv", "--no-project", "--no-config", "--python"])
                .arg(&interpreter.base)
                .arg(dir),
            None if interpreter.has_ensurepip => Command::new(&interpreter.base, parent)
                .args(["-I", "-m", "venv"])
                .arg(dir),
            None => return Err(rules::venv_unavailable::without_ensurepip(interpreter).into()),
        };
        let finished = self.tool(&command)?;
        if succeeded(&finished) {
            return Ok(());
        }
        let output = output_of(&finished);
        let finding = rules::no_space::in_output("venv", &output)
            .or_else(|| rules::no_space::in_directory(self.system, parent))
            .unwrap_or_else(|| rules::venv_unavailable::failed(&command.to_string(), &output));
        Err(broken(finding, &command, output))
    }

    /// The same with the versions from a lock file or, if they aren't available for this Python or conflict, with others.
    pub(super) fn install_locked(
        &self,
        environment: &Environment,
        requirements: &[String],
        locked: &[String],
    ) -> Result<(), NotReady> {
        if locked.is_empty() {
            return self.install(environment, requirements, None);
        }
        let file = environment.dir.join("wr-locked.txt");
        self.system
            .write(&file, (locked.join("\n") + "\n").as_bytes())
            .map_err(|error| NotReady::from(unwritable(&error)))?;
        match self.install(environment, requirements, Some(&file)) {
            Ok(()) => Ok(()),
            Err(NotReady::Cancelled) => Err(NotReady::Cancelled),
            // The installed versions then differ from the lock file, which is checked after every installation.
            Err(NotReady::Broken { .. }) => self.install(environment, requirements, None),
        }
    }

    /// Installs all requirements together, so that the installer notices conflicts.
    pub(super) fn install(
        &self,
        environment: &Environment,
        requirements: &[String],
        constraints: Option<&Path>,
    ) -> Result<(), NotReady> {
        let mut command = self.installer(environment);
        if let Some(file) = constraints {
            command = command.arg("-c").arg(file);
        }
        let command = command.args(requirements.iter().map(OsString::from));
        let finished = self.tool(&command)?;
        if succeeded(&finished) {
            return Ok(());
        }
        let output = output_of(&finished);
        let finding = rules::no_space::in_output("pip", &output).unwrap_or_else(|| {
            rules::packages_not_installed::finding(requirements, &program_of(&command), &output)
        });
        Err(broken(finding, &command, output))
    }

    /// The installer's command for an environment, without the packages.
    pub(super) fn installer(&self, environment: &Environment) -> Command {
        let parent = environment.dir.parent().unwrap_or(&environment.dir);
        match self.uv() {
            Some(uv) => Command::new(uv, parent)
                .args(["pip", "install", "--no-config", "--python"])
                .arg(&environment.python),
            None => Command::new(&environment.python, parent).args([
                "-I",
                "-m",
                "pip",
                "install",
                "--disable-pip-version-check",
                "--no-input",
            ]),
        }
    }

    fn uv(&self) -> Option<PathBuf> {
        let path = self.env.get(OsStr::new("PATH")).map(OsString::as_os_str);
        self.system
            .find_program(OsStr::new("uv"), path, Path::new("/"))
    }

    /// Runs a tool with the variables for tools and those that the command sets.
    pub(super) fn tool(&self, command: &Command) -> Result<Finished, NotReady> {
        let mut command = command.clone();
        let own = std::mem::replace(&mut command.env, self.env.clone());
        command.env.extend(own);
        // An active environment, or settings for the interpreter, would misdirect the installer.
        for name in ["VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONHOME", "PYTHONPATH"] {
            command = command.without_env(name);
        }
        let from = program_of(&command);
        let finished = run_watched(self.system, &command, LIMIT, self.cancel, &mut |_, line| {
            (self.emit)(Event::Line {
                from: from.clone(),
                text: line.to_owned(),
            });
        })
        .map_err(|error| rules::venv_unavailable::failed(&from, &error.to_string()))?;
        match finished.ended {
            Ended::Cancelled => Err(NotReady::Cancelled),
            _ => Ok(finished),
        }
    }
}

pub(super) fn succeeded(finished: &Finished) -> bool {
    matches!(finished.ended, Ended::Exited(exit) if exit.success())
}

pub(super) fn output_of(finished: &Finished) -> String {
    let mut text = finished.stderr.text();
    if finished.ended == Ended::TimedOut {
        text.push_str("\nit didn't finish in time");
    }
    let stdout = finished.stdout.text();
    if !stdout.is_empty() {
        text = format!("{stdout}\n{text}");
    }
    text
}

fn program_of(command: &Command) -> String {
    let name = Path::new(&command.program).file_name().unwrap_or_default();
    let name = name.to_string_lossy();
    if name.starts_with("python") {
        "pip".to_owned()
    } else {
        name.into_owned()
    }
}

pub(super) fn broken(
    finding: diagnostic::Diagnostic,
    command: &Command,
    output: String,
) -> NotReady {
    NotReady::Broken {
        finding: Box::new(finding),
        output: Some((program_of(command), output)),
    }
}
