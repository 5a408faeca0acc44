//! Single keys from the terminal, without Enter.

use std::io::{IsTerminal, Read};
use std::sync::mpsc::Sender;

use super::Message;
use crate::terminal_mode;

/// Listens for keys until dropped, which restores the terminal.
pub(super) struct Keys;

impl Keys {
    /// Listens for keys if standard input is a terminal; otherwise there are none.
    pub(super) fn listen(tell: Sender<Message>) -> Self {
        if std::io::stdin().is_terminal() {
            terminal_mode::one_by_one();
            // The thread waits in a read that only a key can end; it ends with the process.
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
