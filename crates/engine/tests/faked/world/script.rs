//! What a program does once it is started.

use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use wr_engine::{Command, Exit, ProcessEvent, Stream};

use super::{Happening, World};

/// A program: from its start to what it does.
pub(super) type Script = Arc<dyn Fn(&World, &Command) -> Behaviour + Send + Sync>;

type Reaction = Box<dyn FnMut(&World, &str) -> Vec<Act> + Send>;

/// Something that a process does after a while.
pub(crate) struct Act {
    /// How long after the previous act, or after what it reacts to.
    pub(super) wait: Duration,
    pub(super) what: What,
}

pub(super) enum What {
    Event(ProcessEvent),
    Effect(Happening),
}

/// What a process does: by itself, and in response to what it's sent. One that never exits runs until it is
/// killed.
#[derive(Default)]
pub(crate) struct Behaviour {
    pub(super) acts: Vec<Act>,
    pub(super) reaction: Option<Reaction>,
    wait: Duration,
}

impl Behaviour {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Lets time pass before what follows.
    pub(crate) fn wait(mut self, milliseconds: u64) -> Self {
        self.wait += Duration::from_millis(milliseconds);
        self
    }

    pub(crate) fn out(self, line: impl Into<String>) -> Self {
        self.then(What::Event(ProcessEvent::Line(Stream::Stdout, line.into())))
    }

    pub(crate) fn err(self, line: impl Into<String>) -> Self {
        self.then(What::Event(ProcessEvent::Line(Stream::Stderr, line.into())))
    }

    /// Does something to the world.
    pub(crate) fn effect(self, effect: impl FnOnce(&World) + Send + 'static) -> Self {
        self.then(What::Effect(Box::new(effect)))
    }

    pub(crate) fn exit(self, status: i32) -> Self {
        self.then(What::Event(ProcessEvent::Exited(Exit::Code(status))))
    }

    pub(crate) fn die(self, signal: i32) -> Self {
        self.then(What::Event(ProcessEvent::Exited(Exit::Signal(signal))))
    }

    /// Responds to each line that it's sent.
    pub(crate) fn reacting(
        mut self,
        reaction: impl FnMut(&World, &str) -> Vec<Act> + Send + 'static,
    ) -> Self {
        self.reaction = Some(Box::new(reaction));
        self
    }

    /// What it does by itself, as a response of another behaviour.
    pub(crate) fn acts(self) -> Vec<Act> {
        self.acts
    }

    fn then(mut self, what: What) -> Self {
        let wait = std::mem::take(&mut self.wait);
        self.acts.push(Act { wait, what });
        self
    }
}

/// The name that identifies a program's script.
pub(super) fn file_name(program: &OsStr) -> String {
    let name = Path::new(program).file_name().unwrap_or(program);
    name.to_string_lossy().into_owned()
}
