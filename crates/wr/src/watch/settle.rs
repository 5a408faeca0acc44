//! Waits until all of a save has arrived.

use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use super::Message;

/// Editors write a file in several steps; after each one, wait this long for the next.
pub(super) const SETTLE: Duration = Duration::from_millis(3);

/// The longest that the steps of one save may take in total.
pub(super) const SETTLE_AT_MOST: Duration = Duration::from_millis(40);

/// What arrived while the files settled.
pub(super) struct Settled {
    /// Whether a file change was among it.
    pub(super) has_file_changes: bool,
    pub(super) others: Vec<Message>,
}

/// Waits until the editor has finished its steps, up to `each` for the next one.
pub(super) fn settle(messages: &Receiver<Message>, each: Duration) -> Settled {
    let mut settled = Settled {
        has_file_changes: false,
        others: Vec::new(),
    };
    let began = Instant::now();
    // Only a file's step begins the wait again: an unfinished run reports a lot, and none of it belongs to the save.
    let mut step = began;
    loop {
        let until = (step + each).min(began + SETTLE_AT_MOST);
        match messages.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(Message::Touched) => {
                settled.has_file_changes = true;
                step = Instant::now();
            }
            Ok(other) => settled.others.push(other),
            Err(_) => return settled,
        }
        if Instant::now() >= until {
            return settled;
        }
    }
}
