//! Running `wr`.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::outcome::Outcome;
use crate::stream::Stream;
use crate::survivors::{self, MARK};
use crate::{Workshop, environment};

/// Longer than any test run should take, with both processors busy and an environment to create first.
const LIMIT: Duration = Duration::from_secs(170);

/// A `wr` that is ready to start.
#[derive(Debug, Clone)]
pub struct Invocation {
    pub(crate) program: PathBuf,
    pub(crate) args: Vec<OsString>,
    pub(crate) env: BTreeMap<OsString, OsString>,
    pub(crate) cwd: PathBuf,
    pub(crate) mark: String,
    limit: Duration,
    user: Option<u32>,
}

impl Invocation {
    pub(crate) fn new<I: AsRef<OsStr>>(
        workshop: &Workshop,
        args: impl IntoIterator<Item = I>,
    ) -> Self {
        // The same for all runs of a test: a changing variable would keep `wr` from remembering anything.
        let mark = format!("{}-{}", workshop.name(), std::process::id());
        let mut env = environment::clean();
        env.insert(MARK.into(), mark.clone().into());
        env.insert("WR_STATE_DIR".into(), workshop.shared_state().into());
        Self {
            program: workshop.program().to_owned(),
            args: args.into_iter().map(|arg| arg.as_ref().into()).collect(),
            env,
            cwd: workshop.root().to_owned(),
            mark,
            limit: LIMIT,
            user: None,
        }
    }

    /// Runs it in this directory; a relative path is below the workshop's.
    #[must_use]
    pub fn at(mut self, dir: impl AsRef<Path>) -> Self {
        self.cwd = self.cwd.join(dir);
        self
    }

    /// Runs this copy of `wr`.
    #[must_use]
    pub fn program(mut self, program: &Path) -> Self {
        program.clone_into(&mut self.program);
        self
    }

    /// Sets a variable.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.env.insert(name.into(), value.into());
        self
    }

    /// Removes a variable.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.env.remove(OsStr::new(name));
        self
    }

    /// Makes `wr` keep its files where users find them, instead of in the shared state directory.
    #[must_use]
    pub fn own_state(self) -> Self {
        self.without("WR_STATE_DIR")
    }

    /// Looks for programs only in these directories.
    #[must_use]
    pub fn path<P: AsRef<OsStr>>(self, dirs: impl IntoIterator<Item = P>) -> Self {
        let joined = std::env::join_paths(dirs).expect("no directory has a colon in its name");
        self.env("PATH", joined)
    }

    /// Looks for programs in this directory first.
    #[must_use]
    pub fn path_first(self, dir: &Path) -> Self {
        let present = self.env[OsStr::new("PATH")].clone();
        let rest = std::env::split_paths(&present).collect::<Vec<_>>();
        self.path(std::iter::once(dir.to_owned()).chain(rest))
    }

    /// Hides all interpreters except those on `PATH`.
    #[must_use]
    pub fn without_version_managers(self, home: &Path) -> Self {
        self.without("PYENV_ROOT").env("HOME", home)
    }

    /// Kills it and fails the test if it takes longer.
    #[must_use]
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Runs it as another user, who can only read this user's files.
    #[cfg(unix)]
    #[must_use]
    pub fn user(mut self, user: u32) -> Self {
        self.user = Some(user);
        self
    }

    /// Starts it from another program, given with its arguments, that runs whatever follows them.
    #[must_use]
    pub fn within(mut self, outer: &[&str]) -> Self {
        let (program, args) = outer.split_first().expect("there is another program");
        let own = std::mem::replace(&mut self.program, PathBuf::from(program));
        let before = args
            .iter()
            .map(OsString::from)
            .chain([own.into_os_string()]);
        self.args.splice(0..0, before);
        self
    }

    /// Runs it to completion without a terminal or input, and checks that nothing outlives it.
    pub fn run(self) -> Outcome {
        self.start().wait()
    }

    /// Starts it without a terminal or input.
    pub fn start(self) -> Running {
        let mut command = Command::new(&self.program);
        command
            .args(&self.args)
            .current_dir(&self.cwd)
            .env_clear()
            .envs(&self.env)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        #[cfg(unix)]
        if let Some(user) = self.user {
            std::os::unix::process::CommandExt::uid(&mut command, user);
            std::os::unix::process::CommandExt::gid(&mut command, user);
        }
        let started = Instant::now();
        let mut child = command
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", self.program.display()));
        let stdout = Stream::read(child.stdout.take().expect("it is piped"));
        let stderr = Stream::read(child.stderr.take().expect("it is piped"));
        Running {
            invocation: self,
            child,
            started,
            stdout,
            stderr,
        }
    }
}

/// A running `wr`.
#[derive(Debug)]
pub struct Running {
    invocation: Invocation,
    child: Child,
    started: Instant,
    stdout: Stream,
    stderr: Stream,
}

impl Running {
    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends it a signal by number.
    #[cfg(unix)]
    pub fn signal(&self, signal: rustix::process::Signal) {
        let pid = i32::try_from(self.child.id()).expect("a process id is small");
        let pid = rustix::process::Pid::from_raw(pid).expect("a process id is not 0");
        rustix::process::kill_process(pid, signal).expect("it runs and is ours");
    }

    /// Sends what Ctrl-C would send to `wr`.
    #[cfg(unix)]
    pub fn interrupt(&self) {
        self.signal(rustix::process::Signal::INT);
    }

    /// Waits until the file exists: a program started by `wr` creates it to signal that it's running.
    pub fn wait_for(&mut self, file: &Path) {
        while !file.exists() {
            if let Some(status) = self.child.try_wait().expect("it can be waited for") {
                panic!(
                    "ended with {status} before {} was there\n{}{}",
                    file.display(),
                    self.stdout.all(),
                    self.stderr.all()
                );
            }
            self.require_time();
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits for this string on standard output, and returns the output since the last such wait, up to and including
    /// the string.
    #[track_caller]
    pub fn printed(&mut self, text: &str) -> String {
        self.awaited(text, |running| &mut running.stdout)
    }

    /// The same on standard error.
    #[track_caller]
    pub fn complained(&mut self, text: &str) -> String {
        self.awaited(text, |running| &mut running.stderr)
    }

    #[track_caller]
    fn awaited(&mut self, text: &str, stream: fn(&mut Self) -> &mut Stream) -> String {
        loop {
            // Checked first: then all output it wrote before ending is there or on its way.
            let ended = self.child.try_wait().expect("it can be waited for");
            if ended.is_some() {
                stream(self).all();
            }
            if let Some(taken) = stream(self).take_until(text) {
                return taken;
            }
            if let Some(status) = ended {
                panic!(
                    "ended with {status} without {text:?}\n{}{}",
                    self.stdout.so_far(),
                    self.stderr.so_far()
                );
            }
            self.require_time();
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits for it to end, and checks that nothing outlives it.
    pub fn wait(mut self) -> Outcome {
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("it can be waited for") {
                break status;
            }
            self.require_time();
            std::thread::sleep(Duration::from_millis(2));
        };
        let elapsed = self.started.elapsed();
        survivors::none_of(&self.invocation.mark);
        Outcome {
            elapsed,
            shown: format!(
                "{:?} in {}",
                self.invocation.args,
                self.invocation.cwd.display()
            ),
            status,
            stdout: self.stdout.all(),
            stderr: self.stderr.all(),
        }
    }

    fn require_time(&mut self) {
        if self.started.elapsed() < self.invocation.limit {
            return;
        }
        self.child.kill().expect("it runs and is ours");
        panic!(
            "{:?} had not ended after {:?}\n{}{}",
            self.invocation.args,
            self.invocation.limit,
            self.stdout.all(),
            self.stderr.all()
        );
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // For a failed test. If it has already ended, there's nothing to kill.
        let _ = self.child.kill();
    }
}
