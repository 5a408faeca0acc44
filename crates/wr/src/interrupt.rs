//! Ctrl-C and similar signals.

use std::sync::atomic::{AtomicBool, Ordering};

use engine::Cancel;

use crate::error::CommandError;
use crate::terminal_mode;

/// The exit status of an interrupted program (128 + SIGINT).
pub(crate) const STATUS: u8 = 130;

/// Whether `wr` is waiting for an answer or only looking at files, with nothing running that needs an orderly end.
static WAITING: AtomicBool = AtomicBool::new(false);

/// Whether another program has taken over the terminal, and Ctrl-C is its own business.
static LEFT_TO_CHILD: AtomicBool = AtomicBool::new(false);

/// From now on, ignores Ctrl-C, which the running program gets, too.
#[cfg(not(unix))]
pub(crate) fn leave_to_child() {
    LEFT_TO_CHILD.store(true, Ordering::SeqCst);
}

/// Makes Ctrl-C, and the system's termination signals, cancel the work instead of killing it midway.
pub(crate) fn install() -> Result<Cancel, CommandError> {
    install_with(|| {})
}

/// The same, and also calls `also` when that happens.
pub(crate) fn install_with(also: impl Fn() + Send + 'static) -> Result<Cancel, CommandError> {
    let cancel = Cancel::new();
    let asked = cancel.clone();
    ctrlc::set_handler(move || {
        if LEFT_TO_CHILD.load(Ordering::SeqCst) {
            return;
        }
        // Asked twice, or nothing to clean up: whatever is running is on a leash that ends with this process.
        if asked.is_cancelled() || WAITING.load(Ordering::SeqCst) {
            // Exiting this way drops nothing.
            terminal_mode::give_back();
            eprintln!();
            std::process::exit(i32::from(STATUS));
        }
        asked.cancel();
        also();
    })
    .map_err(|error| CommandError::new(format!("cannot handle signals: {error}")))?;
    Ok(cancel)
}

/// Runs `ask`, which waits for an answer or only looks at files. Meanwhile, Ctrl-C ends the program at once.
pub(crate) fn while_waiting<T>(ask: impl FnOnce() -> T) -> T {
    WAITING.store(true, Ordering::SeqCst);
    let answer = ask();
    WAITING.store(false, Ordering::SeqCst);
    answer
}
