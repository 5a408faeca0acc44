//! The terminal's key mode: key by key while a watch listens, otherwise the way it was found.
//!
//! The original mode is stored for the whole process, because a process can end in several ways: whatever ends it
//! restores the terminal first.

#[cfg(unix)]
use std::sync::{Mutex, PoisonError};

#[cfg(unix)]
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

/// The terminal's mode before the switch to single keys.
#[cfg(unix)]
static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

/// Makes the terminal pass keys on as they are pressed, without echoing them. Ctrl-C stays a signal, and lines end as
/// usual.
#[cfg(unix)]
pub(crate) fn one_by_one() {
    let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
    let stdin = std::io::stdin();
    let Ok(found) = tcgetattr(&stdin) else { return };
    let mut keys = found.clone();
    keys.local_modes
        .remove(LocalModes::ICANON | LocalModes::ECHO);
    // Stored first: from the moment the mode changes, someone may have to change it back.
    *before = Some(found);
    // If the mode can't be changed, keys arrive after Enter.
    let _ = tcsetattr(&stdin, OptionalActions::Now, &keys);
}

/// Restores the terminal; does nothing if it wasn't changed.
#[cfg(unix)]
pub(crate) fn give_back() {
    let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(before) = before.take() {
        let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, &before);
    }
}

/// Here the terminal passes keys on after Enter.
#[cfg(not(unix))]
pub(crate) fn one_by_one() {}

/// Nothing to restore.
#[cfg(not(unix))]
pub(crate) fn give_back() {}
