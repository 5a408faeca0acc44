//! The supervisor: a small process between `wr` and each program that it runs, which makes sure that nothing is
//! left behind.
//!
//! `wr` starts itself as the supervisor with the program to run as its arguments. The supervisor's standard input
//! is a leash: when it ends, because `wr` lets go or was itself killed, the supervisor kills the program and
//! everything that the program started, even processes in their own sessions. When the program exits by itself,
//! anything that it left behind is killed too, and the supervisor exits the way the program did.

#[cfg(unix)]
mod poll_schedule;
#[cfg(unix)]
mod tree;
#[cfg(unix)]
mod unix;

use std::ffi::{OsStr, OsString};

use super::{Exit, Input, Limits};

/// The first argument that tells `wr` to act as the supervisor.
pub const SUPERVISE_VERB: &str = "__supervise";

/// The start of the line on standard error with which the supervisor reports that it killed the program at a limit.
pub(crate) const LIMIT_MARK: &str = "\u{1e}wr-limit ";

/// The line on its standard input that tells the supervisor to kill the program's orphans; it isn't passed on.
pub(super) const END_ORPHANS: &str = "\u{1e}wr-end-orphans";

/// The program to run, as passed on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supervised {
    /// The full path of the program.
    pub program: OsString,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// What it reads.
    pub input: Input,
    /// What its tree may use.
    pub limits: Limits,
}

impl Supervised {
    /// The arguments for starting the supervisor.
    pub fn to_args(&self) -> Vec<OsString> {
        let number = |value: Option<u64>| OsString::from(value.unwrap_or(0).to_string());
        let input = match self.input {
            Input::Nothing => "nothing",
            Input::Lines => "lines",
        };
        let mut args = vec![
            SUPERVISE_VERB.into(),
            input.into(),
            number(self.limits.memory),
            number(self.limits.processes.map(u64::from)),
            number(self.limits.file),
            self.program.clone(),
        ];
        args.extend(self.args.iter().cloned());
        args
    }

    /// Parses the arguments; `None` if this isn't a call of the supervisor.
    pub fn from_args(args: impl IntoIterator<Item = OsString>) -> Option<Self> {
        let mut args = args.into_iter();
        if args.next()? != SUPERVISE_VERB {
            return None;
        }
        let input = if args.next()? == OsStr::new("lines") {
            Input::Lines
        } else {
            Input::Nothing
        };
        let mut number = || {
            let value: u64 = args.next()?.to_str()?.parse().ok()?;
            Some((value > 0).then_some(value))
        };
        let memory = number()?;
        let processes = number()?.and_then(|value| u32::try_from(value).ok());
        let file = number()?;
        Some(Self {
            program: args.next()?,
            args: args.collect(),
            input,
            limits: Limits {
                memory,
                processes,
                file,
            },
        })
    }
}

#[cfg(unix)]
pub(in crate::system) use tree::end_strays;

/// Without process groups, strays aren't known.
#[cfg(not(unix))]
pub(in crate::system) fn end_strays(_: &std::collections::BTreeSet<u32>) {}

/// Runs the program until it exits or the leash ends, and returns how it exited.
#[cfg(unix)]
pub fn supervise(supervised: &Supervised) -> Exit {
    unix::supervise(supervised)
}

/// Ends this process with the signal that ended the supervised program; returns the shell's status for it if that fails.
#[cfg(unix)]
pub fn end_by(signal: i32) -> std::process::ExitCode {
    unix::end_by(signal)
}

/// The status of a program that was killed from outside.
#[cfg(not(unix))]
pub fn end_by(_: i32) -> std::process::ExitCode {
    std::process::ExitCode::FAILURE
}

/// Runs the program until it exits. Without process groups, the processes that it started aren't known.
#[cfg(not(unix))]
#[allow(
    clippy::disallowed_methods,
    reason = "the supervisor is part of the native `System`"
)]
pub fn supervise(supervised: &Supervised) -> Exit {
    let mut command = std::process::Command::new(&supervised.program);
    command.args(&supervised.args);
    if supervised.input == Input::Nothing {
        command.stdin(std::process::Stdio::null());
    }
    match command.status() {
        Ok(status) => Exit::Code(status.code().unwrap_or(-1)),
        Err(_) => Exit::Code(127),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_passed_on_unchanged() {
        let supervised = Supervised {
            program: "/usr/bin/a program".into(),
            args: vec!["--flag".into(), String::new().into(), "né".into()],
            input: Input::Lines,
            limits: Limits {
                memory: Some(1 << 31),
                processes: None,
                file: Some(7),
            },
        };
        assert_eq!(
            Supervised::from_args(supervised.to_args()),
            Some(supervised)
        );
    }

    #[test]
    fn other_arguments_do_not_start_the_supervisor() {
        assert_eq!(Supervised::from_args(["check".into()]), None);
        assert_eq!(Supervised::from_args([]), None);
    }
}
