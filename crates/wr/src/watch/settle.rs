//! Waits until what belongs to one save is there.

use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use super::Message;

/// Editors write a file in several steps; the last one is waited for, this long after each.
pub(super) const SETTLE: Duration = Duration::from_millis(3);

/// How long the steps of one save may take together.
pub(super) const SETTLE_AT_MOST: Duration = Duration::from_millis(40);

/// What came while the files settled.
pub(super) struct Settled {
    /// Whether word of a file was among it.
    pub(super) is_told: bool,
    pub(super) others: Vec<Message>,
}

/// Waits until the editor is done with its steps, `each` time this long for the next.
pub(super) fn settle(messages: &Receiver<Message>, each: Duration) -> Settled {
    let mut settled = Settled {
        is_told: false,
        others: Vec::new(),
    };
    let began = Instant::now();
    // Only a file's step begins the wait again: a run that goes on reports a lot, and none of it belongs to the save.
    let mut step = began;
    loop {
        let until = (step + each).min(began + SETTLE_AT_MOST);
        match messages.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(Message::Touched) => {
                settled.is_told = true;
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
