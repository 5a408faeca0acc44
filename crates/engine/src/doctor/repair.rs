//! What `wr` can fix itself: only files that it created, never the user's code or progress.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::Machine;
use crate::environment::{Environments, NotReady, Renewed};
use crate::event::Event;
use crate::rules;

/// Something that `wr` can do to fix a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Repair {
    /// Recreate one of `wr`'s environments, for the same interpreter and with the same packages.
    RecreateEnvironment {
        /// Its directory.
        dir: PathBuf,
        /// The packages to install again.
        requirements: Vec<String>,
    },
    /// Remove one of `wr`'s environments that was never completed.
    RemoveIncomplete {
        /// Its directory.
        dir: PathBuf,
    },
    /// Remove something that `wr` created and recreates when needed.
    Remove {
        /// The file or directory.
        path: PathBuf,
    },
}

/// The outcome of a repair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RepairOutcome {
    /// What was done, or tried.
    pub what: String,
    /// Why it failed, if it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed: Option<String>,
}

/// Carries out one repair.
pub fn repair(machine: &Machine<'_>, wanted: &Repair, emit: &dyn Fn(Event)) -> RepairOutcome {
    let (done, result) = match wanted {
        Repair::Remove { path } => (
            format!("removed {}", path.display()),
            remove(machine, path).map(|()| Renewed::Done),
        ),
        Repair::RemoveIncomplete { dir } => (
            format!("removed {}", dir.display()),
            on_environment(machine, dir, emit, |all| all.remove_incomplete(dir)),
        ),
        Repair::RecreateEnvironment { dir, .. } => (
            format!("recreated {}", dir.display()),
            on_environment(machine, dir, emit, |all| {
                all.recreate(dir, &|| {
                    let found = machine.interpreter().clone();
                    found.map_err(|missed| rules::no_interpreter::finding(&missed).into())
                })
            }),
        ),
    };
    match result {
        Ok(Renewed::Done) => RepairOutcome {
            what: done,
            failed: None,
        },
        Ok(Renewed::NotNeeded) => RepairOutcome {
            what: format!("{} is already fine", wanted.path().display()),
            failed: None,
        },
        Err(reason) => RepairOutcome {
            what: format!("{} was left unchanged", wanted.path().display()),
            failed: Some(reason),
        },
    }
}

impl Repair {
    /// The file or directory it affects.
    fn path(&self) -> &Path {
        match self {
            Self::Remove { path } => path,
            Self::RecreateEnvironment { dir, .. } | Self::RemoveIncomplete { dir } => dir,
        }
    }
}

/// Removes a path in `wr`'s own directory, and nothing outside it, whatever the path says.
fn remove(machine: &Machine<'_>, path: &Path) -> Result<(), String> {
    let state = machine
        .state_dir()
        .ok_or("wr has no directory of its own here")?;
    if !path.starts_with(state) || path == state {
        return Err(format!("it isn't in {}", state.display()));
    }
    let mut parents = path.ancestors().skip(1).take_while(|dir| *dir != state);
    if let Some(link) = parents.find(|dir| machine.system.is_link(dir)) {
        return Err(format!("{} is a symbolic link", link.display()));
    }
    machine
        .system
        .remove(path)
        .map_err(|error| error.to_string())
}

/// Applies an action to one of `wr`'s environments, and to no other directory.
fn on_environment(
    machine: &Machine<'_>,
    dir: &Path,
    emit: &dyn Fn(Event),
    act: impl FnOnce(&Environments<'_>) -> Result<Renewed, NotReady>,
) -> Result<Renewed, String> {
    let state_dir = machine
        .state_dir()
        .ok_or("wr has no directory of its own here")?;
    let all = state_dir.join("venv");
    if dir.parent() != Some(&all) {
        return Err(format!("it isn't in {}", all.display()));
    }
    let environments = Environments {
        system: machine.system,
        state_dir,
        env: machine.env,
        cancel: machine.cancel,
        emit,
    };
    act(&environments).map_err(|reason| match reason {
        NotReady::Cancelled => "interrupted".to_owned(),
        NotReady::Broken { finding, .. } => format!("{}: {}", finding.code, finding.message),
    })
}
