//! Processes as the engine sees them: a command, its events, its exit.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Asks running work to stop. Clones share one state.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// A token that isn't cancelled.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks the work to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether the work was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// What a process reads from its standard input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// Nothing: the end of input at once.
    Nothing,
    /// The lines given to [`Process::send`].
    Lines,
}

/// Bounds on everything that a process starts, together with itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// The memory in bytes that the whole tree may use at a time.
    pub memory: Option<u64>,
    /// The number of processes that may exist in the tree at a time.
    pub processes: Option<u32>,
    /// The size in bytes that each written file may reach. A program that exceeds it gets a signal from Linux or, if it ignores
    /// that, as Python does, an error.
    pub file: Option<u64>,
}

/// A process to start.
#[derive(Debug, Clone)]
pub struct Command {
    /// The program: a path, or a name that is looked up on `PATH`.
    pub program: OsString,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// The directory it starts in.
    pub cwd: PathBuf,
    /// Its complete environment; nothing else is inherited.
    pub env: BTreeMap<OsString, OsString>,
    /// What it reads.
    pub input: Input,
    /// What it and its children may use.
    pub limits: Limits,
}

impl Command {
    /// A command without arguments, with an empty environment.
    pub fn new(program: impl Into<OsString>, cwd: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            args: Vec::new(),
            cwd: cwd.into(),
            env: BTreeMap::new(),
            input: Input::Nothing,
            limits: Limits::default(),
        }
    }

    /// Adds an argument.
    #[must_use]
    pub fn arg(mut self, arg: impl Into<OsString>) -> Self {
        self.args.push(arg.into());
        self
    }

    /// Adds arguments.
    #[must_use]
    pub fn args<A: Into<OsString>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    /// Replaces the whole environment.
    #[must_use]
    pub fn envs(mut self, env: &BTreeMap<OsString, OsString>) -> Self {
        self.env.clone_from(env);
        self
    }

    /// Sets one variable.
    #[must_use]
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.env.insert(name.into(), value.into());
        self
    }

    /// Removes one variable.
    #[must_use]
    pub fn without_env(mut self, name: &str) -> Self {
        self.env.remove(std::ffi::OsStr::new(name));
        self
    }
}

impl fmt::Display for Command {
    /// The command as you would type it, for messages only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.program.to_string_lossy())?;
        for arg in &self.args {
            let arg = arg.to_string_lossy();
            if arg.is_empty() || arg.contains(char::is_whitespace) {
                write!(f, " '{arg}'")?;
            } else {
                write!(f, " {arg}")?;
            }
        }
        Ok(())
    }
}

/// One of a process's output streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// With an exit status.
    Code(i32),
    /// By a signal.
    Signal(i32),
}

impl Exit {
    /// Whether the process reports success.
    pub fn success(self) -> bool {
        self == Self::Code(0)
    }
}

/// What happens to a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProcessEvent {
    /// It printed a line, given without its line ending. Invalid UTF-8 is replaced.
    Line(Stream, String),
    /// It exited, everything that it started is gone, and its output has been delivered.
    Exited(Exit),
}

/// A running process. Dropping it kills it and everything that it started.
pub trait Process: Send {
    /// The next event, `None` if nothing happens within `wait`. After [`ProcessEvent::Exited`] always `None`.
    fn next(&mut self, wait: Duration) -> Option<ProcessEvent>;

    /// Writes a line to its standard input.
    fn send(&mut self, line: &str) -> io::Result<()>;

    /// Kills the orphans that it has left: processes whose parents are gone, including those in their own sessions. The process
    /// itself and its descendants keep running.
    fn end_orphans(&mut self) {}

    /// Kills it and everything that it started; the events up to its exit can still be read.
    fn kill(&mut self);
}
