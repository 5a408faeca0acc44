//! The state of an environment, according to its files: no program is started.

use std::path::{Path, PathBuf};

use super::{Stamp, stamp_file, with_always};
use crate::interpreter::{Interpreter, in_environment};
use crate::requirements::Requirements;
use crate::system::{System, SystemExt};

/// The state of one of `wr`'s environments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum VenvState {
    /// It's ready to use.
    Ready(Kept),
    /// It was never completed, or its record can't be read.
    HalfMade,
    /// The interpreter that it was created from no longer exists.
    InterpreterGone(Kept),
    /// The interpreter that it was created from has been replaced.
    InterpreterReplaced(Kept),
    /// It was created in another place, which its scripts still name.
    Moved(Kept, PathBuf),
}

/// What was recorded about an environment when it was completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) interpreter: Interpreter,
    pub(crate) requirements: Vec<String>,
    locked: Vec<String>,
}

impl Kept {
    /// What its replacement needs.
    pub(super) fn wanted(&self) -> Requirements {
        with_always(&Requirements {
            wanted: self.requirements.clone(),
            locked: self.locked.clone(),
            lock_file: None,
        })
    }
}

/// The state of `wr`'s environment in this directory.
pub(crate) fn venv_state(system: &dyn System, dir: &Path) -> VenvState {
    let recorded = system.read(&stamp_file(dir)).ok();
    let Some(stamp) = recorded.and_then(|bytes| serde_json::from_slice::<Stamp>(&bytes).ok())
    else {
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

/// Where an environment was created, if that's another place: its activation script contains the path (PEP 405 leaves scripts to
/// the tools; both `venv` and `uv` do this).
pub(crate) fn moved_from(system: &dyn System, dir: &Path) -> Option<PathBuf> {
    let script = system.read(&dir.join("bin").join("activate")).ok()?;
    let script = String::from_utf8_lossy(&script);
    let made_in = script.lines().find_map(|line| {
        let value = line.trim_start().strip_prefix("VIRTUAL_ENV=")?;
        let value = value.trim().trim_matches(['"', '\'']);
        // Newer scripts first call `cygpath` on Windows; that line doesn't name a directory.
        value.starts_with('/').then(|| PathBuf::from(value))
    })?;
    if made_in == dir {
        return None;
    }
    // The same directory under another name, through a link, isn't another place. A copy is, even if its files are identical.
    let there = system.canonical(&made_in).ok();
    (there.is_none() || there != system.canonical(dir).ok()).then_some(made_in)
}
