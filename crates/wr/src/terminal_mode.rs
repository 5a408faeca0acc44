//! The terminal's modes: key by key while a watch listens, a screen of its own while one is drawn, otherwise the way it was found.
//!
//! What has to be restored is stored for the whole process, because a process can end in several ways: whatever ends it restores the
//! terminal first.

use std::io::{self, Write};
use std::sync::{Mutex, Once, PoisonError};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::execute;
use crossterm::terminal::{
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, SetTitle,
};
#[cfg(unix)]
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

/// What has to be undone.
static CHANGED: Mutex<Changed> = Mutex::new(Changed {
    #[cfg(unix)]
    keys: None,
    #[cfg(not(unix))]
    keys: false,
    is_screen: false,
    parting: None,
});

struct Changed {
    /// The terminal's mode before the switch to single keys.
    #[cfg(unix)]
    keys: Option<Termios>,
    #[cfg(not(unix))]
    keys: bool,
    /// Whether another screen hides what was there before.
    is_screen: bool,
    /// What to print once the screen is gone.
    parting: Option<String>,
}

/// Makes the terminal pass keys on as they are pressed, without echoing them. Ctrl-C stays a signal, and lines end as
/// usual.
#[cfg(unix)]
pub(crate) fn one_by_one() {
    let mut changed = CHANGED.lock().unwrap_or_else(PoisonError::into_inner);
    let stdin = io::stdin();
    let Ok(found) = tcgetattr(&stdin) else { return };
    let mut keys = found.clone();
    keys.local_modes
        .remove(LocalModes::ICANON | LocalModes::ECHO);
    // Stored first: from the moment the mode changes, someone may have to change it back.
    changed.keys.get_or_insert(found);
    // If the mode can't be changed, keys arrive after Enter.
    let _ = tcsetattr(&stdin, OptionalActions::Now, &keys);
}

/// Makes the terminal report once more that there is input: setting its mode does, even to what it is.
#[cfg(unix)]
pub(crate) fn announce_input() {
    let stdin = io::stdin();
    if let Ok(modes) = tcgetattr(&stdin) {
        let _ = tcsetattr(&stdin, OptionalActions::Now, &modes);
    }
}

/// Nothing to do here.
#[cfg(not(unix))]
pub(crate) fn announce_input() {}

/// The same here, except that Ctrl-C is a key as well.
#[cfg(not(unix))]
pub(crate) fn one_by_one() {
    let mut changed = CHANGED.lock().unwrap_or_else(PoisonError::into_inner);
    changed.keys = crossterm::terminal::enable_raw_mode().is_ok();
}

/// Shows an empty screen, and keeps what was there before. A panic gives the terminal back before it's reported.
pub(crate) fn enter_screen() -> io::Result<()> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back();
            before(panic);
        }));
    });
    let mut changed = CHANGED.lock().unwrap_or_else(PoisonError::into_inner);
    changed.is_screen = true;
    execute!(
        io::stdout(),
        EnterAlternateScreen,
        EnableBracketedPaste,
        Hide,
        SetTitle("wr watch")
    )
}

/// Shows what was there before the screen; does nothing without one.
pub(crate) fn leave_screen() {
    leave(&mut CHANGED.lock().unwrap_or_else(PoisonError::into_inner));
}

/// Prints a sentence once the screen is gone.
pub(crate) fn say_on_leaving(sentence: String) {
    let mut changed = CHANGED.lock().unwrap_or_else(PoisonError::into_inner);
    changed.parting = Some(sentence);
}

/// Restores the terminal; does nothing if it wasn't changed.
pub(crate) fn give_back() {
    let mut changed = CHANGED.lock().unwrap_or_else(PoisonError::into_inner);
    leave(&mut changed);
    #[cfg(unix)]
    if let Some(before) = changed.keys.take() {
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &before);
    }
    #[cfg(not(unix))]
    if std::mem::take(&mut changed.keys) {
        let _ = crossterm::terminal::disable_raw_mode();
    }
}

fn leave(changed: &mut Changed) {
    if !std::mem::take(&mut changed.is_screen) {
        return;
    }
    let mut out = io::stdout().lock();
    // If the terminal is gone, there is nothing to restore.
    let _ = execute!(
        out,
        EndSynchronizedUpdate,
        Show,
        DisableBracketedPaste,
        LeaveAlternateScreen
    );
    if let Some(parting) = changed.parting.take() {
        let _ = writeln!(out, "{parting}");
    }
}
