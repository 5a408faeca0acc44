//! Standard output, which may come to an end: `wr list | head -1` has read enough, and a disk may be full.

use std::io::{self, ErrorKind, Write};

use super::FAILED;

/// What the shell says of a program that the system ended for writing to nobody: 128 and the number of SIGPIPE.
const NOBODY_READS: i32 = 128 + 13;

/// Writes text, or ends the program where that cannot be done: what it would say from then on nobody sees. What it has
/// started ends with it.
pub(super) fn write(text: &str) {
    let mut out = anstream::stdout().lock();
    if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        end(&error);
    }
}

fn end(error: &io::Error) -> ! {
    if error.kind() == ErrorKind::BrokenPipe {
        std::process::exit(NOBODY_READS);
    }
    eprintln!("error: standard output cannot be written: {error}");
    std::process::exit(FAILED.into());
}
