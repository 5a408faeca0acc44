//! A tick every tenth of a second while something is running, so that a view can show that time passes.

use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::Message;

/// How often something that runs is redrawn.
const TICK: Duration = Duration::from_millis(100);

/// Ticks while it's told to.
pub(super) struct Ticker {
    is_running: Arc<(Mutex<bool>, Condvar)>,
}

impl Ticker {
    /// Starts its thread, which waits until there is something to do and ends after the loop.
    pub(super) fn new(tell: Sender<Message>) -> Self {
        let is_running = Arc::new((Mutex::new(false), Condvar::new()));
        let shared = Arc::clone(&is_running);
        std::thread::spawn(move || {
            let (flag, changed) = &*shared;
            loop {
                let running = flag.lock().unwrap_or_else(PoisonError::into_inner);
                let running = changed
                    .wait_while(running, |running| !*running)
                    .unwrap_or_else(PoisonError::into_inner);
                drop(running);
                std::thread::sleep(TICK);
                if tell.send(Message::Tick).is_err() {
                    return;
                }
            }
        });
        Self { is_running }
    }

    /// Starts or stops the ticks.
    pub(super) fn set(&self, is_running: bool) {
        let (flag, changed) = &*self.is_running;
        *flag.lock().unwrap_or_else(PoisonError::into_inner) = is_running;
        changed.notify_one();
    }
}
