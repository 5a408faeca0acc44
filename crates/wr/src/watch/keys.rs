//! Single keys from the terminal, without Enter.

use std::io::{IsTerminal, Read};
use std::sync::mpsc::Sender;

use super::Message;

/// Keys are listened to until this is dropped; then the terminal is as it was.
pub(super) struct Keys {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
}

impl Keys {
    /// Listens for keys where standard input is a terminal; elsewhere there are none.
    pub(super) fn listen(tell: Sender<Message>) -> Self {
        let is_terminal = std::io::stdin().is_terminal();
        let keys = Self {
            #[cfg(unix)]
            before: is_terminal.then(one_by_one).flatten(),
        };
        if is_terminal {
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
        keys
    }
}

/// Lets the terminal pass keys on as they are pressed and show none of them. Ctrl-C stays a signal, and lines end as they
/// always do.
#[cfg(unix)]
fn one_by_one() -> Option<rustix::termios::Termios> {
    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
    let stdin = std::io::stdin();
    let before = tcgetattr(&stdin).ok()?;
    let mut keys = before.clone();
    keys.local_modes
        .remove(LocalModes::ICANON | LocalModes::ECHO);
    tcsetattr(&stdin, OptionalActions::Now, &keys).ok()?;
    Some(before)
}

#[cfg(unix)]
impl Drop for Keys {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        if let Some(before) = &self.before {
            let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, before);
        }
    }
}
