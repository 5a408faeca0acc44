//! A world in memory: files, programs that follow a script, and a clock that moves only when somebody waits.
//!
//! Whatever the engine starts, sends and ends is noted, so that a test can ask for it.

mod files;
mod process;
mod script;
mod system;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub(crate) use script::{Act, Behaviour};

use engine::{Command, Volume};
use files::Files;
use script::Script;

/// Fake time beyond which a test counts as stuck.
const FOR_EVER: Duration = Duration::from_hours(3);

/// Something that the engine did to a process, numbered in the order of their starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Deed {
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
            deeds: Vec::new(),
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
    deeds: Vec<Deed>,
    commands: Vec<Command>,
    appointments: Vec<(Duration, Happening)>,
    /// Processes with a number below this were ended from outside.
    ended_below: usize,
    /// Below this everything that is written fails as on a full disk.
    full: Option<PathBuf>,
    volume: Volume,
}

impl World {
    fn state(&self) -> MutexGuard<'_, State> {
        // A test that failed while it held the lock says so itself.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has a program, known by its file name, follow a script.
    pub(crate) fn program(
        &self,
        name: &str,
        script: impl Fn(&World, &Command) -> Behaviour + Send + Sync + 'static,
    ) {
        let mut state = self.state();
        state.scripts.insert(name.to_owned(), Arc::new(script));
    }

    /// Has the start of a program fail with this `errno`.
    pub(crate) fn refuse(&self, program: &str, errno: i32) {
        let mut state = self.state();
        state.spawn_errors.insert(program.to_owned(), errno);
    }

    /// Has no room left below a directory.
    pub(crate) fn fill(&self, dir: &str) {
        self.state().full = Some(dir.into());
    }

    /// Has this many bytes left on every disk.
    pub(crate) fn leave_free(&self, bytes: u64) {
        self.state().volume.free = bytes;
    }

    /// Ends every process that runs now, from outside.
    pub(crate) fn end_all(&self) {
        let mut state = self.state();
        state.ended_below = state.commands.len();
    }

    /// Has something happen when the clock comes to a moment from now.
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
                assert!(state.now < FOR_EVER, "stuck: {:#?}", state.deeds);
                return;
            };
            let (at, happening) = state.appointments.remove(index);
            state.now = state.now.max(at);
            drop(state);
            happening(self);
        }
    }

    /// What was done to processes since the last look.
    pub(crate) fn take_deeds(&self) -> Vec<Deed> {
        std::mem::take(&mut self.state().deeds)
    }

    /// The programs that were started since the last look, each with its arguments.
    pub(crate) fn take_starts(&self) -> Vec<String> {
        let started = self.take_deeds().into_iter().filter_map(|deed| match deed {
            Deed::Spawned(_, command) => Some(command),
            _ => None,
        });
        started.collect()
    }

    /// The processes that were started and have neither exited nor been ended.
    pub(crate) fn running(&self) -> Vec<String> {
        let state = self.state();
        let is_over = |id: usize| {
            let mut deeds = state.deeds.iter();
            deeds.any(|deed| {
                matches!(deed, Deed::Killed(one) | Deed::Dropped(one) | Deed::Exited(one) if *one == id)
            })
        };
        let mut left = Vec::new();
        for deed in &state.deeds {
            if let Deed::Spawned(id, command) = deed
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
