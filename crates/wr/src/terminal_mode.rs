//! How the terminal passes keys on: one by one while a watch listens, else as it was found.
//!
//! How it was is kept for the whole process, because a process may end in more ways than one: whoever ends it gives the terminal
//! back first.

#[cfg(unix)]
use std::sync::{Mutex, PoisonError};

#[cfg(unix)]
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

/// How the terminal was before keys came one by one.
#[cfg(unix)]
static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

/// Lets the terminal pass keys on as they are pressed and show none of them. Ctrl-C stays a signal, and lines end as they
/// always do.
#[cfg(unix)]
pub(crate) fn one_by_one() {
    let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
    let stdin = std::io::stdin();
    let Ok(found) = tcgetattr(&stdin) else { return };
    let mut keys = found.clone();
    keys.local_modes
        .remove(LocalModes::ICANON | LocalModes::ECHO);
    // Noted first: from the moment it is changed, somebody may have to change it back.
    *before = Some(found);
    // A terminal that cannot be changed passes keys on after Enter.
    let _ = tcsetattr(&stdin, OptionalActions::Now, &keys);
}

/// Makes the terminal what it was; nothing where it was not changed.
#[cfg(unix)]
pub(crate) fn give_back() {
    let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(before) = before.take() {
        let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, &before);
    }
}

/// The terminal passes keys on after Enter.
#[cfg(not(unix))]
pub(crate) fn one_by_one() {}

/// There is nothing to give back.
#[cfg(not(unix))]
pub(crate) fn give_back() {}
