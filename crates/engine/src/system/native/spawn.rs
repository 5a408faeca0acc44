//! Real processes, each under a supervisor that makes sure nothing is left behind.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant};

use super::strays;
use crate::system::supervise::{END_ORPHANS, Supervised};
use crate::system::{Command, Exit, Process, ProcessEvent, Stream};

/// The longest line that is delivered, in bytes; a longer one arrives in pieces. Even cargo's messages with long rendered errors
/// stay well below that.
const LONGEST_LINE: u64 = 4 * 1024 * 1024;

/// How long the supervisor may take to kill the tree before it is killed itself.
const GRACE: Duration = Duration::from_secs(12);

pub(super) fn spawn(supervisor: &Path, command: &Command) -> io::Result<Box<dyn Process>> {
    let path = command.env.get(std::ffi::OsStr::new("PATH"));
    // Looked up before the start, so that a missing program can be distinguished from later errors.
    let program = which::which_in(&command.program, path, &command.cwd).map_err(|_| {
        let name = command.program.to_string_lossy();
        io::Error::new(io::ErrorKind::NotFound, format!("`{name}` was not found"))
    })?;
    let supervised = Supervised {
        program: program.into(),
        args: command.args.clone(),
        input: command.input,
        limits: command.limits,
    };
    let mut child = std::process::Command::new(supervisor);
    child
        .args(supervised.to_args())
        .current_dir(&command.cwd)
        .env_clear()
        .envs(&command.env)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    // In its own process group: Ctrl-C in the terminal reaches only `wr`, which then ends the work properly.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut child, 0);
    let mut child = strays::started(|| {
        let child = child.spawn()?;
        Ok((child.id(), child))
    })?;

    // A bounded queue: a process that prints endlessly has to wait instead of filling the memory.
    let (sender, events) = mpsc::sync_channel(1024);
    if let Some(stdout) = child.stdout.take() {
        read_lines(stdout, Stream::Stdout, sender.clone());
    }
    if let Some(stderr) = child.stderr.take() {
        read_lines(stderr, Stream::Stderr, sender);
    }
    Ok(Box::new(NativeProcess {
        leash: child.stdin.take(),
        child,
        events,
        killed: None,
        exited: false,
        is_recorded: false,
    }))
}

fn read_lines(from: impl Read + Send + 'static, stream: Stream, to: SyncSender<ProcessEvent>) {
    std::thread::spawn(move || {
        let mut reader = BufReader::with_capacity(64 * 1024, from);
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = (&mut reader)
                .take(LONGEST_LINE)
                .read_until(b'\n', &mut line);
            if !matches!(read, Ok(1..)) {
                return;
            }
            while line
                .last()
                .is_some_and(|byte| matches!(byte, b'\n' | b'\r'))
            {
                line.pop();
            }
            let text = String::from_utf8_lossy(&line).into_owned();
            if to.send(ProcessEvent::Line(stream, text)).is_err() {
                return;
            }
        }
    });
}

/// A child process, its output, and the leash whose end tells the supervisor to kill everything.
struct NativeProcess {
    child: Child,
    leash: Option<ChildStdin>,
    events: Receiver<ProcessEvent>,
    killed: Option<Instant>,
    exited: bool,
    /// Whether its exit was recorded.
    is_recorded: bool,
}

impl NativeProcess {
    /// Records that the supervisor is gone. It also exits by a signal if its program did; then nothing is left behind.
    fn record_exit(&mut self, exit: Exit) {
        if !std::mem::replace(&mut self.is_recorded, true) {
            strays::ended(self.child.id(), matches!(exit, Exit::Signal(_)));
        }
    }

    /// Kills the supervisor itself if it doesn't exit in time; `wr` then has to kill what it supervised.
    fn kill_if_overdue(&mut self) {
        if self.killed.is_some_and(|since| since.elapsed() > GRACE) {
            let _ = self.child.kill();
        }
    }
}

impl Process for NativeProcess {
    fn next(&mut self, wait: Duration) -> Option<ProcessEvent> {
        if self.exited {
            return None;
        }
        match self.events.recv_timeout(wait) {
            Ok(event) => return Some(event),
            Err(RecvTimeoutError::Timeout) => {
                self.kill_if_overdue();
                // A supervisor that was killed leaves its program behind, which keeps the streams open.
                if let Ok(Some(status)) = self.child.try_wait() {
                    self.record_exit(exit_of(status));
                }
                return None;
            }
            // Both streams end once everything that the supervisor started is gone.
            Err(RecvTimeoutError::Disconnected) => {}
        }
        self.exited = true;
        let exit = self.child.wait().map_or(Exit::Code(-1), exit_of);
        self.record_exit(exit);
        Some(ProcessEvent::Exited(exit))
    }

    fn send(&mut self, line: &str) -> io::Result<()> {
        let leash = self
            .leash
            .as_mut()
            .ok_or_else(|| io::Error::from(io::ErrorKind::BrokenPipe))?;
        leash.write_all(format!("{line}\n").as_bytes())?;
        leash.flush()
    }

    fn end_orphans(&mut self) {
        // A supervisor that has exited has already killed them.
        let _ = self.send(END_ORPHANS);
    }

    fn kill(&mut self) {
        if self.leash.take().is_some() {
            self.killed = Some(Instant::now());
        }
    }
}

impl Drop for NativeProcess {
    fn drop(&mut self) {
        self.kill();
        while !self.exited {
            self.next(Duration::from_millis(20));
        }
    }
}

#[cfg(unix)]
fn exit_of(status: std::process::ExitStatus) -> Exit {
    use std::os::unix::process::ExitStatusExt;
    match (status.code(), status.signal()) {
        (Some(code), _) => Exit::Code(code),
        (None, Some(signal)) => Exit::Signal(signal),
        (None, None) => Exit::Code(-1),
    }
}

#[cfg(not(unix))]
fn exit_of(status: std::process::ExitStatus) -> Exit {
    Exit::Code(status.code().unwrap_or(-1))
}
