//! Programs with windows of their own, such as a browser or an editor. They aren't part of any run, and go on when `wr` has ended.

use std::io;
use std::process::{Child, Command, Stdio};

/// Starts a program that has nothing to do with this terminal.
pub(crate) fn start(command: &mut Command) -> io::Result<Child> {
    // What it reads or prints would get in the way here.
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        // Ctrl-C in the terminal is for `wr`.
        command.process_group(0);
    }
    engine::start_apart(command)
}
