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
    while began.elapsed() < SETTLE_AT_MOST {
        match messages.recv_timeout(each) {
            Ok(Message::Touched) => settled.is_told = true,
            Ok(other) => settled.others.push(other),
            Err(_) => break,
        }
    }
    settled
}
