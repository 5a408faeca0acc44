//! Waiting for another `wr` that works at the same place.

use std::io;
use std::path::Path;

use crate::event::{Event, Step};
use crate::system::{Cancel, System};

/// Takes a lock, and says what it waits for where another process holds it; `None` when the work was cancelled meanwhile.
pub(crate) fn take(
    system: &dyn System,
    lock: &Path,
    step: Step,
    waiting_for: &str,
    cancel: &Cancel,
    tell: &dyn Fn(Event),
) -> io::Result<Option<Box<dyn Send>>> {
    let mut is_said = false;
    system.lock(lock, &mut || {
        if !is_said {
            is_said = true;
            tell(Event::Step {
                step,
                detail: format!("waiting for {waiting_for}"),
            });
        }
        !cancel.is_cancelled()
    })
}
