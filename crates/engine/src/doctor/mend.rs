//! What `wr` may mend itself: only what it made, never the learner's code or progress.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::Machine;
use crate::environment::Environments;
use crate::event::Event;

/// Something that `wr` can do about what it saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Mend {
    /// Make an environment of `wr`'s own anew, with what was in it.
    RecreateEnvironment {
        /// Its directory.
        dir: PathBuf,
        /// What is installed into it again.
        requirements: Vec<String>,
    },
    /// Remove something that `wr` made and makes again when it is needed.
    Remove {
        /// The file or directory.
        path: PathBuf,
    },
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mended {
    /// What was done, or tried.
    pub what: String,
    /// Why it did not work, where it did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed: Option<String>,
}

/// Mends one thing.
pub fn mend(machine: &Machine<'_>, wanted: &Mend, tell: &dyn Fn(Event)) -> Mended {
    match wanted {
        Mend::Remove { path } => Mended {
            what: format!("removed {}", path.display()),
            failed: remove(machine, path).err(),
        },
        Mend::RecreateEnvironment { dir, requirements } => Mended {
            what: format!("made {} anew", dir.display()),
            failed: recreate(machine, dir, requirements, tell).err(),
        },
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
    machine
        .system
        .remove(path)
        .map_err(|error| error.to_string())
}

fn recreate(
    machine: &Machine<'_>,
    dir: &Path,
    requirements: &[String],
    tell: &dyn Fn(Event),
) -> Result<(), String> {
    remove(machine, dir)?;
    let state_dir = machine
        .state_dir()
        .ok_or("there is no directory of wr's own")?;
    let interpreter = machine
        .interpreter()
        .as_ref()
        .map_err(ToString::to_string)?;
    let environments = Environments {
        system: machine.system,
        state_dir,
        env: machine.env,
        cancel: machine.cancel,
        tell,
    };
    match environments.kept(interpreter, requirements) {
        Ok(_) => Ok(()),
        Err(crate::environment::NotReady::Cancelled) => Err("interrupted".to_owned()),
        Err(crate::environment::NotReady::Broken { finding, .. }) => {
            Err(format!("{}: {}", finding.code, finding.message))
        }
    }
}
