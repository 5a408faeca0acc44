//! Recreates one of `wr`'s environments. The old one is put aside and restored if creating the new one fails, so an
//! environment exists at all times except during the creation.

use std::path::Path;

use super::venv_state::{Kept, VenvState, venv_state};
use super::{Environments, NotReady, exact, unwritable};
use crate::interpreter::{Interpreter, probe};
use crate::system::SystemExt;

/// The outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Renewed {
    /// It was done.
    Done,
    /// Another `wr` has already done it.
    NotNeeded,
}

impl Environments<'_> {
    /// Removes an environment that was never completed. If another `wr` is completing it, this waits and leaves it alone.
    pub(crate) fn remove_incomplete(&self, dir: &Path) -> Result<Renewed, NotReady> {
        let _lock = self.lock()?;
        if venv_state(self.system, dir) != VenvState::HalfMade || !self.system.is_dir(dir) {
            return Ok(Renewed::NotNeeded);
        }
        self.system
            .remove(dir)
            .map_err(|error| unwritable(&error))?;
        Ok(Renewed::Done)
    }

    /// Recreates an environment with the same packages and for the same interpreter; `otherwise` provides one if that no longer
    /// exists.
    pub(crate) fn recreate(
        &self,
        dir: &Path,
        otherwise: &dyn Fn() -> Result<Interpreter, NotReady>,
    ) -> Result<Renewed, NotReady> {
        let _lock = self.lock()?;
        let kept = match venv_state(self.system, dir) {
            VenvState::InterpreterGone(kept)
            | VenvState::InterpreterReplaced(kept)
            | VenvState::Moved(kept, _) => kept,
            VenvState::Ready(_) | VenvState::HalfMade => return Ok(Renewed::NotNeeded),
        };
        // Determined before anything is changed.
        let interpreter = self.same_interpreter(&kept).map_or_else(otherwise, Ok)?;
        let place = self.dir_for(&interpreter, exact::suffix_of(dir));
        let aside = self.state_dir.join("aside");
        let failed = |error: std::io::Error| NotReady::from(unwritable(&error));
        // The leftover of an earlier, interrupted attempt is no better than what is put there now.
        self.system.remove(&aside).map_err(failed)?;
        let was_there = self.system.is_dir(&place);
        self.system.rename(dir, &aside).map_err(failed)?;
        match self.complete(&place, &interpreter, &kept.wanted()) {
            Ok(_) => {
                self.system.remove(&aside).map_err(failed)?;
                Ok(Renewed::Done)
            }
            Err(reason) => {
                // If the interpreter's version has changed, the new environment has a different place.
                if place == dir || !was_there {
                    self.system.remove(&place).map_err(failed)?;
                }
                self.system.rename(&aside, dir).map_err(failed)?;
                Err(reason)
            }
        }
    }

    /// The interpreter that an environment was made for, as it is now.
    fn same_interpreter(&self, kept: &Kept) -> Option<Interpreter> {
        let base = &kept.interpreter.base;
        let is_there = self.system.is_file(base);
        is_there.then(|| probe(self.system, self.env, base, self.cancel).ok())?
    }
}
