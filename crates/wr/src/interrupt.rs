//! Ctrl-C and its kin.

use std::sync::atomic::{AtomicBool, Ordering};

use engine::Cancel;

use crate::error::CommandError;
use crate::terminal_mode;

/// The exit status of an interrupted program (128 + SIGINT).
pub(crate) const STATUS: u8 = 130;

/// Whether `wr` waits for an answer or only looks at files, with nothing running that would have to be ended in order.
static WAITING: AtomicBool = AtomicBool::new(false);

/// Makes Ctrl-C, and the system's requests to end, cancel the work instead of tearing it apart.
pub(crate) fn install() -> Result<Cancel, CommandError> {
    install_with(|| {})
}

/// The same, and tells `also` when it happens.
pub(crate) fn install_with(also: impl Fn() + Send + 'static) -> Result<Cancel, CommandError> {
    let cancel = Cancel::new();
    let asked = cancel.clone();
    ctrlc::set_handler(move || {
        // Asked twice, or with nothing to put in order: what runs is on a leash that ends with this process.
        if asked.is_cancelled() || WAITING.load(Ordering::SeqCst) {
            // Nothing is dropped on this way out.
            terminal_mode::give_back();
            eprintln!();
            std::process::exit(i32::from(STATUS));
        }
        asked.cancel();
        also();
    })
    .map_err(|error| CommandError::new(format!("signals cannot be handled: {error}")))?;
    Ok(cancel)
}

/// Runs `ask`, which waits for an answer or only looks at files, in such a way that Ctrl-C ends the program at once.
pub(crate) fn while_waiting<T>(ask: impl FnOnce() -> T) -> T {
    WAITING.store(true, Ordering::SeqCst);
    let answer = ask();
    WAITING.store(false, Ordering::SeqCst);
    answer
}
