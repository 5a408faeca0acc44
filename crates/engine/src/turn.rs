//! Waits for another `wr` that works in the same place.

use std::io;
use std::path::Path;

use crate::event::{Event, Step};
use crate::system::{Cancel, System};

/// Takes a lock, and reports what it's waiting for if another process holds it; `None` if the work is cancelled meanwhile.
pub(crate) fn take(
    system: &dyn System,
    lock: &Path,
    step: Step,
    waiting_for: &str,
    cancel: &Cancel,
    emit: &dyn Fn(Event),
) -> io::Result<Option<Box<dyn Send>>> {
    let mut is_announced = false;
    system.lock(lock, &mut || {
        if !is_announced {
            is_announced = true;
            emit(Event::Step {
                step,
                detail: format!("waiting for {waiting_for}"),
            });
        }
        !cancel.is_cancelled()
    })
}
