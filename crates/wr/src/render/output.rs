//! Standard output, which may end early: `wr list | head -1` has read enough, and a disk may be full.

use std::io::{self, ErrorKind, Write};

use super::FAILED;

/// The exit status that a shell reports for a program ended by SIGPIPE: 128 plus the signal's number.
const NOBODY_READS: i32 = 128 + 13;

/// Writes a string, or ends the program if that fails: nobody would see its further output. Everything it has started
/// ends with it.
pub(super) fn write(text: &str) {
    let mut out = anstream::stdout().lock();
    if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        end(&error);
    }
}

/// Writes bytes as they are, with the same consequences.
pub(super) fn write_bytes(bytes: &[u8]) {
    let mut out = io::stdout().lock();
    if let Err(error) = out.write_all(bytes).and_then(|()| out.flush()) {
        end(&error);
    }
}

/// Ends the program because its output can't be written.
pub(super) fn end(error: &io::Error) -> ! {
    if error.kind() == ErrorKind::BrokenPipe {
        std::process::exit(NOBODY_READS);
    }
    eprintln!("error: cannot write to standard output: {error}");
    std::process::exit(FAILED.into());
}
