//! Makes an environment and fills it, with `uv` where it is on `PATH` and with `venv` and pip otherwise.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Environment, Environments, NotReady, unwritable};
use crate::event::{Event, Step};
use crate::interpreter::Interpreter;
use crate::process::{Ended, Finished, run_watched};
use crate::rules;
use crate::system::Command;

/// A slow network may take its time; a hanging one may not take for ever.
const LIMIT: Duration = Duration::from_mins(15);

impl Environments<'_> {
    /// Makes an empty environment in place of whatever is there.
    pub(super) fn create(&self, dir: &Path, interpreter: &Interpreter) -> Result<(), NotReady> {
        (self.tell)(Event::Step {
            step: Step::Environment,
            detail: format!(
                "making a virtual environment for Python {}",
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
        let said = said(&finished);
        let finding = rules::no_space::in_output("venv", &said)
            .or_else(|| rules::no_space::in_directory(self.system, parent))
            .unwrap_or_else(|| rules::venv_unavailable::failed(&command.to_string(), &said));
        Err(broken(finding, &command, said))
    }

    /// The same in the versions that a lock file chose; where they cannot be had for this Python or do not suit the rest, in others.
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
            // What is installed differs from the lock then, which is looked for after every installation.
            Err(NotReady::Broken { .. }) => self.install(environment, requirements, None),
        }
    }

    /// Installs all requirements together, so that the installer sees whether they fit each other.
    pub(super) fn install(
        &self,
        environment: &Environment,
        requirements: &[String],
        constraints: Option<&Path>,
    ) -> Result<(), NotReady> {
        (self.tell)(Event::Step {
            step: Step::Environment,
            detail: format!("installing {}", requirements.join(", ")),
        });
        let mut command = self.installer(environment);
        if let Some(file) = constraints {
            command = command.arg("-c").arg(file);
        }
        let command = command.args(requirements.iter().map(OsString::from));
        let finished = self.tool(&command)?;
        if succeeded(&finished) {
            return Ok(());
        }
        let said = said(&finished);
        let finding = rules::no_space::in_output("pip", &said).unwrap_or_else(|| {
            rules::packages_not_installed::finding(requirements, &program_of(&command), &said)
        });
        Err(broken(finding, &command, said))
    }

    /// What installs into an environment, without what it is to install.
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

    /// Runs a tool with the variables for tools, and those that the command has set.
    pub(super) fn tool(&self, command: &Command) -> Result<Finished, NotReady> {
        let mut command = command.clone();
        let own = std::mem::replace(&mut command.env, self.env.clone());
        command.env.extend(own);
        // An active environment, or flags for the interpreter, would lead the installer elsewhere.
        for name in ["VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONHOME", "PYTHONPATH"] {
            command = command.without_env(name);
        }
        let from = program_of(&command);
        let finished = run_watched(self.system, &command, LIMIT, self.cancel, &mut |_, line| {
            (self.tell)(Event::Line {
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

pub(super) fn said(finished: &Finished) -> String {
    let mut said = finished.stderr.text();
    if finished.ended == Ended::TimedOut {
        said.push_str("\nit did not end in time");
    }
    let printed = finished.stdout.text();
    if !printed.is_empty() {
        said = format!("{printed}\n{said}");
    }
    said
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

pub(super) fn broken(finding: diagnostic::Diagnostic, command: &Command, said: String) -> NotReady {
    NotReady::Broken {
        finding: Box::new(finding),
        output: Some((program_of(command), said)),
    }
}
