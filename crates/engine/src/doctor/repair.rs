//! What `wr` may mend itself: only what it made, never the learner's code or progress.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::Machine;
use crate::environment::{Environments, NotReady, Renewed};
use crate::event::Event;
use crate::rules;

/// Something that `wr` can do about what it saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Repair {
    /// Make an environment of `wr`'s own anew, for the interpreter that it was made for and with what was in it.
    RecreateEnvironment {
        /// Its directory.
        dir: PathBuf,
        /// What is installed into it again.
        requirements: Vec<String>,
    },
    /// Remove an environment of `wr`'s own that was never completed.
    RemoveHalfMade {
        /// Its directory.
        dir: PathBuf,
    },
    /// Remove something that `wr` made and makes again when it is needed.
    Remove {
        /// The file or directory.
        path: PathBuf,
    },
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RepairOutcome {
    /// What was done, or tried.
    pub what: String,
    /// Why it did not work, where it did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed: Option<String>,
}

/// Mends one thing.
pub fn repair(machine: &Machine<'_>, wanted: &Repair, tell: &dyn Fn(Event)) -> RepairOutcome {
    let (done, result) = match wanted {
        Repair::Remove { path } => (
            format!("removed {}", path.display()),
            remove(machine, path).map(|()| Renewed::Done),
        ),
        Repair::RemoveHalfMade { dir } => (
            format!("removed {}", dir.display()),
            on_environment(machine, dir, tell, |all| all.remove_half_made(dir)),
        ),
        Repair::RecreateEnvironment { dir, .. } => (
            format!("made {} anew", dir.display()),
            on_environment(machine, dir, tell, |all| {
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
            what: format!("{} is in order again", wanted.path().display()),
            failed: None,
        },
        Err(reason) => RepairOutcome {
            what: format!("{} is as it was", wanted.path().display()),
            failed: Some(reason),
        },
    }
}

impl Repair {
    /// What it is about.
    fn path(&self) -> &Path {
        match self {
            Self::Remove { path } => path,
            Self::RecreateEnvironment { dir, .. } | Self::RemoveHalfMade { dir } => dir,
        }
    }
}

/// Removes what lies in `wr`'s own directory, and nothing else whatever a record there says.
fn remove(machine: &Machine<'_>, path: &Path) -> Result<(), String> {
    let state = machine
        .state_dir()
        .ok_or("there is no directory of wr's own")?;
    if !path.starts_with(state) || path == state {
        return Err(format!("it is not in {}", state.display()));
    }
    let mut way = path.ancestors().skip(1).take_while(|dir| *dir != state);
    if let Some(link) = way.find(|dir| machine.system.is_link(dir)) {
        return Err(format!("{} is a symbolic link", link.display()));
    }
    machine
        .system
        .remove(path)
        .map_err(|error| error.to_string())
}

/// Does something to an environment of `wr`'s own, and to no other.
fn on_environment(
    machine: &Machine<'_>,
    dir: &Path,
    tell: &dyn Fn(Event),
    act: impl FnOnce(&Environments<'_>) -> Result<Renewed, NotReady>,
) -> Result<Renewed, String> {
    let state_dir = machine
        .state_dir()
        .ok_or("there is no directory of wr's own")?;
    let all = state_dir.join("venv");
    if dir.parent() != Some(&all) {
        return Err(format!("it is not in {}", all.display()));
    }
    let environments = Environments {
        system: machine.system,
        state_dir,
        env: machine.env,
        cancel: machine.cancel,
        tell,
    };
    act(&environments).map_err(|reason| match reason {
        NotReady::Cancelled => "interrupted".to_owned(),
        NotReady::Broken { finding, .. } => format!("{}: {}", finding.code, finding.message),
    })
}
