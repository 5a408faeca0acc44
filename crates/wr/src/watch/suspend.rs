//! Ctrl-Z: the shell comes back, and `fg` continues the watch.
//!
//! What is running when the user leaves is cancelled, and starts again when they come back. So nothing uses the machine meanwhile,
//! and no time limit passes.

use std::sync::mpsc::Sender;

use engine::ChangeSet;

use super::worker::Order;
use super::{Message, Watcher};

/// Reports when the user, or the system, wants to suspend the program.
#[cfg(unix)]
pub(super) fn listen(tell: Sender<Message>) {
    use signal_hook::consts::SIGTSTP;
    use signal_hook::iterator::Signals;

    // If the signal can't be handled, it does what it does to every program.
    let Ok(mut signals) = Signals::new([SIGTSTP]) else {
        return;
    };
    std::thread::spawn(move || {
        for _ in signals.forever() {
            if tell.send(Message::Suspend).is_err() {
                // The loop has ended, and this program is about to.
                return;
            }
        }
    });
}

/// Only Unix has job control.
#[cfg(not(unix))]
pub(super) fn listen(_: Sender<Message>) {}

/// Stops this program until somebody continues it.
#[cfg(unix)]
fn stop() {
    let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP);
}

/// Only Unix has job control.
#[cfg(not(unix))]
fn stop() {}

impl Watcher<'_> {
    /// Suspends the program, as soon as nothing runs any more.
    pub(super) fn suspend(&mut self, orders: &Sender<Order>) {
        self.give_terminal_away();
        if self.queue.is_idle() {
            self.stop_until_continued();
        } else {
            self.is_suspending = true;
            // Cancels the run; the next one starts when the user is back.
            let action = self.queue.changed(ChangeSet::default());
            self.act(&action, orders);
        }
    }

    /// Stops, and carries on once the user is back.
    pub(super) fn stop_until_continued(&mut self) {
        self.is_suspending = false;
        stop();
        // An editor that has the terminal was suspended and continued as well.
        if !self.is_editing {
            self.keys.resume();
            self.redraw();
        }
    }

    /// Leaves the terminal to another program.
    pub(super) fn give_terminal_away(&mut self) {
        for view in &mut self.views {
            view.leave();
        }
        self.keys.pause();
    }
}
