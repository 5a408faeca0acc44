//! Makes an environment of ours anew, in such a way that there is one at every moment but while it is made: the old one is put
//! aside, and comes back where the new one does not come about.

use std::path::Path;

use super::venv_state::{Kept, VenvState, venv_state};
use super::{Environments, NotReady, exact, unwritable};
use crate::interpreter::{Interpreter, probe};
use crate::system::SystemExt;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Renewed {
    /// It was done.
    Done,
    /// Another `wr` has done it meanwhile.
    NotNeeded,
}

impl Environments<'_> {
    /// Removes an environment that was never completed. One that another `wr` is about to complete is waited for, and left
    /// alone.
    pub(crate) fn remove_half_made(&self, dir: &Path) -> Result<Renewed, NotReady> {
        let _lock = self.lock()?;
        if venv_state(self.system, dir) != VenvState::HalfMade || !self.system.is_dir(dir) {
            return Ok(Renewed::NotNeeded);
        }
        self.system
            .remove(dir)
            .map_err(|error| unwritable(&error))?;
        Ok(Renewed::Done)
    }

    /// Makes an environment anew with what was in it, for the interpreter that it was made for; `otherwise` names one where that
    /// is gone.
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
        // Known before anything is touched.
        let interpreter = self.same_interpreter(&kept).map_or_else(otherwise, Ok)?;
        let place = self.dir_for(&interpreter, exact::suffix_of(dir));
        let aside = self.state_dir.join("aside");
        let failed = |error: std::io::Error| NotReady::from(unwritable(&error));
        // What an earlier attempt left there when it was torn off is in no better order than what is put there now.
        self.system.remove(&aside).map_err(failed)?;
        let was_there = self.system.is_dir(&place);
        self.system.rename(dir, &aside).map_err(failed)?;
        match self.complete(&place, &interpreter, &kept.wanted()) {
            Ok(_) => {
                self.system.remove(&aside).map_err(failed)?;
                Ok(Renewed::Done)
            }
            Err(reason) => {
                // Where the interpreter is of another version now, the new one has a place of its own.
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
