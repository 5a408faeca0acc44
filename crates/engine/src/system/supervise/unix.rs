//! The supervisor on systems with process groups and signals.
#![allow(
    clippy::disallowed_methods,
    reason = "the supervisor is part of the native `System`"
)]

use std::io::{BufRead, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Duration;

use rustix::process::{Pid, Resource, Rlimit, Signal, setrlimit};

use super::poll_schedule::PollSchedule;
use super::tree::Tree;
use super::{END_ORPHANS, LIMIT_MARK, Supervised};
use crate::system::{Exit, Input};

enum SupervisorEvent {
    Ended(Exit),
    /// The program was given something to read.
    InputGiven,
    /// The program's orphans have to be killed.
    EndOrphans,
    LeashDropped,
}

pub(super) fn supervise(supervised: &Supervised) -> Exit {
    // The supervisor adopts what the program leaves behind, so that it can be found and killed.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
    // A crash is just a verdict here, so a core file in the user's directory would only be clutter.
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    let _ = setrlimit(Resource::Core, none);

    if let Some(most) = supervised.limits.file {
        let most = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        let _ = setrlimit(Resource::Fsize, most);
    }

    let mut child = match start(supervised) {
        Ok(child) => child,
        Err(error) => {
            let program = supervised.program.to_string_lossy();
            let _ = writeln!(std::io::stderr(), "cannot start {program}: {error}");
            return Exit::Code(127);
        }
    };
    let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) else {
        return Exit::Code(127);
    };
    let (sender, happened) = mpsc::channel();
    relay_leash(child.stdin.take(), sender.clone());
    end_on_signals(sender.clone());
    wait_for(child, sender);

    let tree = Tree::new(pid);
    let mut poll_schedule = PollSchedule::new();
    let exit = loop {
        let is_counted =
            supervised.limits.memory.is_some() || supervised.limits.processes.is_some();
        let tick = if is_counted {
            poll_schedule.interval()
        } else {
            Duration::from_hours(1)
        };
        match happened.recv_timeout(tick) {
            Ok(SupervisorEvent::InputGiven) => poll_schedule.given_work(),
            Ok(SupervisorEvent::EndOrphans) => tree.end_orphans(),
            Ok(SupervisorEvent::Ended(exit)) => {
                let too_large = exit == Exit::Signal(Signal::XFSZ.as_raw());
                if let Some(most) = supervised.limits.file.filter(|_| too_large) {
                    let _ = writeln!(std::io::stderr(), "\n{LIMIT_MARK}file {most} {most}");
                }
                break exit;
            }
            Ok(SupervisorEvent::LeashDropped) | Err(RecvTimeoutError::Disconnected) => {
                break Exit::Signal(Signal::KILL.as_raw());
            }
            Err(RecvTimeoutError::Timeout) => {
                let used = Tree::used();
                poll_schedule.found(used, &supervised.limits);
                if let Some(limit) = used.exceeds(&supervised.limits) {
                    let _ = writeln!(std::io::stderr(), "\n{LIMIT_MARK}{limit}");
                    break Exit::Signal(Signal::KILL.as_raw());
                }
            }
        }
    };
    tree.end();
    exit
}

pub(super) fn end_by(signal: i32) -> std::process::ExitCode {
    if let Some(named) = Signal::from_named_raw(signal) {
        // The Rust runtime's fault handler first only restores the default action, so the signal is sent twice.
        for _ in 0..2 {
            let _ = rustix::process::kill_process(rustix::process::getpid(), named);
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    std::process::ExitCode::from(u8::try_from(128 + signal).unwrap_or(255))
}

fn start(supervised: &Supervised) -> std::io::Result<Child> {
    let stdin = match supervised.input {
        Input::Nothing => Stdio::null(),
        Input::Lines => Stdio::piped(),
    };
    Command::new(&supervised.program)
        .args(&supervised.args)
        .stdin(stdin)
        .process_group(0)
        .spawn()
}

/// Passes on what `wr` writes, line by line, and notices when `wr` lets go.
fn relay_leash(mut to: Option<ChildStdin>, events: Sender<SupervisorEvent>) {
    std::thread::spawn(move || {
        let mut from = std::io::stdin().lock();
        let mut line = Vec::new();
        loop {
            line.clear();
            match from.read_until(b'\n', &mut line) {
                Ok(0) => break,
                Ok(_) if line.strip_suffix(b"\n") == Some(END_ORPHANS.as_bytes()) => {
                    let _ = events.send(SupervisorEvent::EndOrphans);
                }
                Ok(_) => {
                    let passed = to.as_mut().map(|to| to.write_all(&line));
                    if matches!(passed, Some(Err(_))) {
                        to = None;
                    }
                    let _ = events.send(SupervisorEvent::InputGiven);
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
        let _ = events.send(SupervisorEvent::LeashDropped);
    });
}

/// Kills the tree properly when the supervisor itself is asked to stop.
fn end_on_signals(events: Sender<SupervisorEvent>) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    if let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]) {
        std::thread::spawn(move || {
            if signals.forever().next().is_some() {
                let _ = events.send(SupervisorEvent::LeashDropped);
            }
        });
    }
}

fn wait_for(mut child: Child, events: Sender<SupervisorEvent>) {
    std::thread::spawn(move || {
        let exit = match child.wait() {
            Ok(status) => match (status.code(), status.signal()) {
                (Some(code), _) => Exit::Code(code),
                (None, Some(signal)) => Exit::Signal(signal),
                (None, None) => Exit::Code(-1),
            },
            Err(_) => Exit::Code(-1),
        };
        let _ = events.send(SupervisorEvent::Ended(exit));
    });
}
