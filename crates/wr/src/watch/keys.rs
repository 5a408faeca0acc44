//! Keys from the terminal, one by one, without Enter.
//!
//! What a terminal sends for one key may be several bytes, and pasted text isn't typed. crossterm tells them apart.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};

use super::Message;
use crate::terminal_mode;

/// How long a pause may take to begin.
const TURN: Duration = Duration::from_millis(50);

/// Listens for keys until dropped, which restores the terminal.
pub(super) struct Keys {
    /// `None` without a terminal.
    gate: Option<Arc<Gate>>,
}

/// Where the listening thread waits while another program reads the terminal.
#[derive(Debug, Default)]
struct Gate {
    is_closed: AtomicBool,
    /// Answered once the thread waits.
    waits: Mutex<Option<SyncSender<()>>>,
}

impl Keys {
    /// Listens for keys if standard input is a terminal; otherwise there are none.
    pub(super) fn listen(tell: Sender<Message>) -> Self {
        if !std::io::stdin().is_terminal() {
            return Self { gate: None };
        }
        terminal_mode::one_by_one();
        let gate = Arc::new(Gate::default());
        let gate_of_thread = Arc::clone(&gate);
        // The thread ends with the process: it waits for keys most of the time.
        std::thread::spawn(move || {
            loop {
                gate_of_thread.pass();
                let keyboard = wait();
                if keyboard == Keyboard::Gone {
                    let _ = tell.send(Message::Interrupted);
                    return;
                }
                let message = match event::poll(Duration::ZERO) {
                    Ok(false) => {
                        if keyboard == Keyboard::HasInput {
                            // crossterm forgets that there's input if a change of size came with it.
                            terminal_mode::announce_input();
                        }
                        continue;
                    }
                    Ok(true) => event::read().ok().as_ref().and_then(message),
                    Err(_) => return,
                };
                if let Some(message) = message
                    && tell.send(message).is_err()
                {
                    return;
                }
            }
        });
        Self { gate: Some(gate) }
    }

    /// Leaves the terminal to another program. Returns once no key can be taken from it any more.
    pub(super) fn pause(&self) {
        if let Some(gate) = &self.gate {
            let (waits, until) = sync_channel(1);
            *gate.waits.lock().unwrap_or_else(PoisonError::into_inner) = Some(waits);
            gate.is_closed.store(true, Ordering::SeqCst);
            // Without a thread there is nothing to wait for.
            let _ = until.recv_timeout(TURN * 4);
        }
        terminal_mode::give_back();
    }

    /// Listens again.
    pub(super) fn resume(&self) {
        if let Some(gate) = &self.gate {
            terminal_mode::one_by_one();
            gate.is_closed.store(false, Ordering::SeqCst);
        }
    }
}

impl Gate {
    fn pass(&self) {
        while self.is_closed.load(Ordering::SeqCst) {
            let waits = self.waits.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(waits) = waits.as_ref() {
                let _ = waits.try_send(());
            }
            drop(waits);
            std::thread::sleep(TURN);
        }
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        terminal_mode::give_back();
    }
}

/// Whether keys can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keyboard {
    Nothing,
    HasInput,
    /// The terminal has gone away. crossterm would read its end again and again.
    #[cfg_attr(not(unix), expect(dead_code, reason = "it ends the program there"))]
    Gone,
}

/// Waits a moment for a key.
#[cfg(unix)]
fn wait() -> Keyboard {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    let stdin = std::io::stdin();
    let mut keyboard = [PollFd::new(&stdin, PollFlags::IN)];
    let turn = Timespec::try_from(TURN).ok();
    // A signal, such as that of another size, ends the wait early.
    let _ = poll(&mut keyboard, turn.as_ref());
    let found = keyboard[0].revents();
    if found.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
        Keyboard::Gone
    } else if found.contains(PollFlags::IN) {
        Keyboard::HasInput
    } else {
        Keyboard::Nothing
    }
}

/// Waits a moment for a key.
#[cfg(not(unix))]
fn wait() -> Keyboard {
    let _ = event::poll(TURN);
    Keyboard::Nothing
}

/// What the loop has to know about an event of the terminal.
fn message(event: &Event) -> Option<Message> {
    match event {
        // Where Ctrl-C isn't a signal, it's a key.
        Event::Key(key)
            if key.code == KeyCode::Char('c') && key.modifiers == KeyModifiers::CONTROL =>
        {
            Some(Message::Interrupted)
        }
        // Some systems report the release as well.
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Message::Key(*key)),
        Event::Resize(..) => Some(Message::Resized),
        // Pasted text was meant for another window.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyEvent;

    use super::*;

    #[test]
    fn pasted_text_is_not_taken_for_keys() {
        assert!(message(&Event::Paste("an equation".to_owned())).is_none());
    }

    #[test]
    fn a_key_counts_once() {
        let mut key = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE);
        assert!(matches!(message(&Event::Key(key)), Some(Message::Key(_))));
        key.kind = KeyEventKind::Release;
        assert!(message(&Event::Key(key)).is_none());
    }

    #[test]
    fn ctrl_c_ends_the_watch_as_the_signal_does() {
        let key = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert!(matches!(
            message(&Event::Key(key)),
            Some(Message::Interrupted)
        ));
    }
}
