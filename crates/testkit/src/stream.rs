//! Reads a program's output while it runs.

use std::io::Read;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// One of a program's two output streams.
#[derive(Debug)]
pub(crate) struct Stream {
    bytes: Arc<Mutex<Vec<u8>>>,
    end: Receiver<()>,
    /// How much of it was already returned.
    taken: usize,
}

impl Stream {
    /// Starts reading.
    pub(crate) fn read(mut from: impl Read + Send + 'static) -> Self {
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&bytes);
        let (ended, end) = mpsc::channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            // Whatever can't be read is missing from the output that the test sees.
            while let Ok(read @ 1..) = from.read(&mut buffer) {
                let mut bytes = shared.lock().expect("nobody fails with the lock");
                bytes.extend_from_slice(&buffer[..read]);
            }
            let _ = ended.send(());
        });
        Self {
            bytes,
            end,
            taken: 0,
        }
    }

    /// The output since the last time, up to and including this string; nothing if the string hasn't appeared.
    pub(crate) fn take_until(&mut self, text: &str) -> Option<String> {
        let bytes = self.bytes.lock().expect("nobody fails with the lock");
        let rest = &bytes[self.taken..];
        let at = rest
            .windows(text.len())
            .position(|window| window == text.as_bytes())?;
        let end = at + text.len();
        self.taken += end;
        Some(String::from_utf8_lossy(&rest[..end]).into_owned())
    }

    /// All of it so far.
    pub(crate) fn so_far(&self) -> String {
        let bytes = self.bytes.lock().expect("nobody fails with the lock");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// All of it, once the writer has ended; anything that still holds it open has outlived `wr`.
    pub(crate) fn all(&self) -> String {
        let ended = self.end.recv_timeout(Duration::from_secs(10));
        assert!(
            ended != Err(RecvTimeoutError::Timeout),
            "something that wr started holds its output open:\n{}",
            self.so_far()
        );
        self.so_far()
    }
}
