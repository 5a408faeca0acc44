//! How an environment stands, as far as its files tell: nothing is started for it.

use std::path::{Path, PathBuf};

use super::{Stamp, stamp_file, with_always};
use crate::interpreter::{Interpreter, in_environment};
use crate::requirements::Requirements;
use crate::system::{System, SystemExt};

/// How an environment of ours stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum VenvState {
    /// It is as it was made.
    Ready(Kept),
    /// It was never completed, or what was noted of it cannot be read.
    HalfMade,
    /// The interpreter that it was made from is not there any more.
    InterpreterGone(Kept),
    /// The interpreter that it was made from was replaced by another.
    InterpreterReplaced(Kept),
    /// It was made in another place, which its scripts still name.
    Moved(Kept, PathBuf),
}

/// What was noted of an environment when it was completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) interpreter: Interpreter,
    pub(crate) requirements: Vec<String>,
    locked: Vec<String>,
}

impl Kept {
    /// What an environment that takes its place needs.
    pub(super) fn wanted(&self) -> Requirements {
        with_always(&Requirements {
            wanted: self.requirements.clone(),
            locked: self.locked.clone(),
            lock_file: None,
        })
    }
}

/// How the environment of ours in this directory stands.
pub(crate) fn venv_state(system: &dyn System, dir: &Path) -> VenvState {
    let noted = system.read(&stamp_file(dir)).ok();
    let Some(stamp) = noted.and_then(|bytes| serde_json::from_slice::<Stamp>(&bytes).ok()) else {
        return VenvState::HalfMade;
    };
    let base = system.stamp(&stamp.interpreter.base);
    let is_same = base == stamp.program;
    let kept = Kept {
        interpreter: stamp.interpreter,
        requirements: stamp.requirements,
        locked: stamp.locked,
    };
    if base.is_none() || !system.is_file(&in_environment(dir)) {
        VenvState::InterpreterGone(kept)
    } else if !is_same {
        VenvState::InterpreterReplaced(kept)
    } else if let Some(from) = moved_from(system, dir) {
        VenvState::Moved(kept, from)
    } else {
        VenvState::Ready(kept)
    }
}

/// Where an environment was made, where that is another place: the script that activates it holds the path (PEP 405
/// leaves scripts to the tools; both `venv` and `uv` write it so).
pub(crate) fn moved_from(system: &dyn System, dir: &Path) -> Option<PathBuf> {
    let script = system.read(&dir.join("bin").join("activate")).ok()?;
    let script = String::from_utf8_lossy(&script);
    let made_in = script.lines().find_map(|line| {
        let value = line.trim_start().strip_prefix("VIRTUAL_ENV=")?;
        let value = value.trim().trim_matches(['"', '\'']);
        // Newer scripts ask `cygpath` on Windows first; that line names no directory by itself.
        value.starts_with('/').then(|| PathBuf::from(value))
    })?;
    if made_in == dir {
        return None;
    }
    // The same directory by another name, through a link, is no other place. A copy is, however much its files agree.
    let there = system.canonical(&made_in).ok();
    (there.is_none() || there != system.canonical(dir).ok()).then_some(made_in)
}
