//! A world in memory: files, programs that follow a script, and a clock that moves only during waits.
//!
//! Everything that the engine starts, sends and kills is recorded, so that a test can check it.

mod files;
mod process;
mod script;
mod system;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub(crate) use script::{Act, Behaviour};

use files::Files;
use script::Script;
use wr_engine::{Command, Volume};

/// Fake time beyond which a test counts as stuck.
const FOREVER: Duration = Duration::from_hours(3);

/// Something that the engine did to a process; processes are numbered in the order of their starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Call {
    Spawned(usize, String),
    Sent(usize, String),
    Killed(usize),
    Dropped(usize),
    Exited(usize),
}

impl Default for State {
    fn default() -> Self {
        Self {
            now: Duration::ZERO,
            files: Files::default(),
            scripts: BTreeMap::new(),
            spawn_errors: BTreeMap::new(),
            calls: Vec::new(),
            commands: Vec::new(),
            appointments: Vec::new(),
            ended_below: 0,
            full: None,
            volume: Volume {
                free: 100 << 30,
                size: 200 << 30,
                kind: Some("ext4"),
            },
        }
    }
}

type Happening = Box<dyn FnOnce(&World) + Send>;

/// The world; clones are the same one.
#[derive(Clone, Default)]
pub(crate) struct World(Arc<Mutex<State>>);

struct State {
    now: Duration,
    files: Files,
    scripts: BTreeMap<String, Script>,
    spawn_errors: BTreeMap<String, i32>,
    calls: Vec<Call>,
    commands: Vec<Command>,
    appointments: Vec<(Duration, Happening)>,
    /// Processes with a number below this were killed from outside.
    ended_below: usize,
    /// Below this directory, every write fails as on a full disk.
    full: Option<PathBuf>,
    volume: Volume,
}

impl World {
    fn state(&self) -> MutexGuard<'_, State> {
        // A test that failed while holding the lock reports that itself.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a program, identified by its file name, follow a script.
    pub(crate) fn program(
        &self,
        name: &str,
        script: impl Fn(&World, &Command) -> Behaviour + Send + Sync + 'static,
    ) {
        let mut state = self.state();
        state.scripts.insert(name.to_owned(), Arc::new(script));
    }

    /// Makes the start of a program fail with this `errno`.
    pub(crate) fn refuse(&self, program: &str, errno: i32) {
        let mut state = self.state();
        state.spawn_errors.insert(program.to_owned(), errno);
    }

    /// Makes the disk full below a directory.
    pub(crate) fn fill(&self, dir: &str) {
        self.state().full = Some(dir.into());
    }

    /// Sets how many bytes are free on every disk.
    pub(crate) fn leave_free(&self, bytes: u64) {
        self.state().volume.free = bytes;
    }

    /// Kills every running process from outside.
    pub(crate) fn end_all(&self) {
        let mut state = self.state();
        state.ended_below = state.commands.len();
    }

    /// Makes something happen after a while.
    pub(crate) fn after(&self, wait: Duration, happening: impl FnOnce(&World) + Send + 'static) {
        let mut state = self.state();
        let at = state.now + wait;
        state.appointments.push((at, Box::new(happening)));
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, time: Duration) {
        let to = self.state().now + time;
        self.pass_until(to);
    }

    /// How much time has passed since a moment.
    pub(crate) fn since(&self, moment: Duration) -> Duration {
        self.state().now.saturating_sub(moment)
    }

    fn pass_until(&self, to: Duration) {
        loop {
            let mut state = self.state();
            let due = state
                .appointments
                .iter()
                .enumerate()
                .filter(|(_, (at, _))| *at <= to)
                .min_by_key(|(_, (at, _))| *at)
                .map(|(index, _)| index);
            let Some(index) = due else {
                state.now = state.now.max(to);
                assert!(state.now < FOREVER, "stuck: {:#?}", state.calls);
                return;
            };
            let (at, happening) = state.appointments.remove(index);
            state.now = state.now.max(at);
            drop(state);
            happening(self);
        }
    }

    /// What was done to processes since the last call.
    pub(crate) fn take_calls(&self) -> Vec<Call> {
        std::mem::take(&mut self.state().calls)
    }

    /// The programs that were started since the last call, each with its arguments.
    pub(crate) fn take_starts(&self) -> Vec<String> {
        let started = self.take_calls().into_iter().filter_map(|call| match call {
            Call::Spawned(_, command) => Some(command),
            _ => None,
        });
        started.collect()
    }

    /// The processes that were started and have neither exited nor been killed.
    pub(crate) fn running(&self) -> Vec<String> {
        let state = self.state();
        let is_over = |id: usize| {
            let mut calls = state.calls.iter();
            calls.any(|call| {
                matches!(call, Call::Killed(one) | Call::Dropped(one) | Call::Exited(one) if *one == id)
            })
        };
        let mut left = Vec::new();
        for call in &state.calls {
            if let Call::Spawned(id, command) = call
                && !is_over(*id)
            {
                left.push(command.clone());
            }
        }
        left
    }

    /// The last command of a program that was started.
    pub(crate) fn last_command(&self, name: &str) -> Option<Command> {
        let state = self.state();
        let mut commands = state.commands.iter().rev();
        commands
            .find(|command| script::file_name(&command.program) == name)
            .cloned()
    }
}
