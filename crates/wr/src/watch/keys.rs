//! Single keys from the terminal, without Enter.

use std::io::{IsTerminal, Read};
use std::sync::mpsc::Sender;

use super::Message;
use crate::terminal_mode;

/// Keys are listened to until this is dropped; then the terminal is as it was.
pub(super) struct Keys;

impl Keys {
    /// Listens for keys where standard input is a terminal; elsewhere there are none.
    pub(super) fn listen(tell: Sender<Message>) -> Self {
        if std::io::stdin().is_terminal() {
            terminal_mode::one_by_one();
            // The thread waits in a read that nothing can end but a key; it ends with the process.
            std::thread::spawn(move || {
                for byte in std::io::stdin().lock().bytes() {
                    let Ok(byte) = byte else { return };
                    if tell.send(Message::Key(char::from(byte))).is_err() {
                        return;
                    }
                }
            });
        }
        Self
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        terminal_mode::give_back();
    }
}
