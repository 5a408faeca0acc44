//! Runs a command to its end and keeps the relevant part of its output.

mod output;

use std::io;
use std::time::Duration;

pub use output::Output;

use crate::system::{Cancel, Command, Exit, ProcessEvent, Stream, System};

/// The longest wait between two checks of the clock and of cancellation.
pub(crate) const TICK: Duration = Duration::from_millis(10);

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The process exited by itself.
    Exited(Exit),
    /// The time limit was reached; the process and everything it had started were killed.
    TimedOut,
    /// The work was cancelled; the process and everything it had started were killed.
    Cancelled,
}

/// The result of a finished run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// How it ended.
    pub ended: Ended,
    /// Its standard output.
    pub stdout: Output,
    /// Its standard error.
    pub stderr: Output,
}

/// Runs a command to its end, its time limit or its cancellation.
///
/// # Errors
///
/// The command couldn't be started.
pub fn run(
    system: &dyn System,
    command: &Command,
    limit: Duration,
    cancel: &Cancel,
) -> io::Result<Finished> {
    run_watched(system, command, limit, cancel, &mut |_, _| {})
}

/// The same, and passes on each line as it arrives.
pub(crate) fn run_watched(
    system: &dyn System,
    command: &Command,
    limit: Duration,
    cancel: &Cancel,
    on_line: &mut dyn FnMut(Stream, &str),
) -> io::Result<Finished> {
    let mut process = system.spawn(command)?;
    let deadline = system.now() + limit;
    let mut stdout = Output::default();
    let mut stderr = Output::default();
    let mut stopped = None;
    loop {
        match process.next(TICK) {
            Some(ProcessEvent::Line(stream, line)) => {
                on_line(stream, &line);
                match stream {
                    Stream::Stdout => stdout.push(&line),
                    Stream::Stderr => stderr.push(&line),
                }
            }
            Some(ProcessEvent::Exited(exit)) => {
                return Ok(Finished {
                    ended: stopped.unwrap_or(Ended::Exited(exit)),
                    stdout,
                    stderr,
                });
            }
            None => {}
        }
        if stopped.is_none() {
            if cancel.is_cancelled() {
                stopped = Some(Ended::Cancelled);
            } else if system.now() >= deadline {
                stopped = Some(Ended::TimedOut);
            }
            if stopped.is_some() {
                process.kill();
            }
        }
    }
}
