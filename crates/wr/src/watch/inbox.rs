//! The loop's messages, and when none of them is reason enough to put off a look at the files.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::Message;

/// The messages to the loop.
pub(super) struct Inbox<'m> {
    messages: &'m Receiver<Message>,
    /// When the last message came that wasn't a run's report or a tick. A run may report so often that there's never a pause.
    waiting_since: Instant,
}

impl<'m> Inbox<'m> {
    pub(super) fn new(messages: &'m Receiver<Message>) -> Self {
        Self {
            messages,
            waiting_since: Instant::now(),
        }
    }

    /// The next message; a time-out if only a run's reports came for `interval`, or if nothing came for `left`.
    pub(super) fn next(
        &mut self,
        interval: Duration,
        left: Option<Duration>,
    ) -> Result<Message, RecvTimeoutError> {
        let rest = interval.saturating_sub(self.waiting_since.elapsed());
        let received = if rest.is_zero() {
            Err(RecvTimeoutError::Timeout)
        } else {
            self.messages
                .recv_timeout(left.map_or(rest, |left| left.min(rest)))
        };
        if !matches!(received, Ok(Message::Engine { .. } | Message::Tick)) {
            self.waiting_since = Instant::now();
        }
        received
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_run_that_reports_all_the_time_does_not_put_off_a_look() {
        let (tell, messages) = mpsc::channel();
        let reporter = std::thread::spawn(move || {
            let report = || Message::Engine {
                generation: 1,
                event: engine::Event::Collected { count: 1 },
            };
            while tell.send(report()).is_ok() {
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        let mut inbox = Inbox::new(&messages);
        let is_time_to_look = (0..10_000).any(|_| {
            let received = inbox.next(Duration::from_millis(50), None);
            matches!(received, Err(RecvTimeoutError::Timeout))
        });
        drop(messages);
        reporter.join().unwrap();
        assert!(is_time_to_look);
    }
}
