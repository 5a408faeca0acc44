//! A process of the world.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use wr_engine::{Exit, Process, ProcessEvent};

use super::script::{Act, Behaviour, What};
use super::{Call, World};

const SIGKILL: i32 = 9;

pub(super) struct Running {
    world: World,
    id: usize,
    behaviour: Behaviour,
    /// What it will do, and when.
    ahead: VecDeque<(Duration, What)>,
    is_over: bool,
}

impl Running {
    pub(super) fn new(world: World, id: usize, mut behaviour: Behaviour) -> Self {
        let acts = std::mem::take(&mut behaviour.acts);
        let mut running = Self {
            world,
            id,
            behaviour,
            ahead: VecDeque::new(),
            is_over: false,
        };
        running.plan(acts);
        running
    }

    fn plan(&mut self, acts: Vec<Act>) {
        let mut at = self.world.state().now;
        for act in acts {
            at += act.wait;
            let place = self.ahead.partition_point(|(earlier, _)| *earlier <= at);
            self.ahead.insert(place, (at, act.what));
        }
    }

    fn is_ended_from_outside(&self) -> bool {
        self.id < self.world.state().ended_below
    }

    fn note(&self, call: Call) {
        self.world.state().calls.push(call);
    }
}

impl Process for Running {
    fn next(&mut self, wait: Duration) -> Option<ProcessEvent> {
        if self.is_ended_from_outside() && !self.is_over {
            self.is_over = true;
            self.note(Call::Exited(self.id));
            return Some(ProcessEvent::Exited(Exit::Signal(SIGKILL)));
        }
        let until = self.world.state().now + wait;
        while !self.is_over {
            match self.ahead.front() {
                Some((at, _)) if *at <= until => self.world.pass_until(*at),
                _ => break,
            }
            match self.ahead.pop_front().map(|(_, what)| what) {
                Some(What::Effect(effect)) => effect(&self.world),
                Some(What::Event(event)) => {
                    if let ProcessEvent::Exited(_) = event {
                        self.is_over = true;
                        self.note(Call::Exited(self.id));
                    }
                    return Some(event);
                }
                None => break,
            }
        }
        self.world.pass_until(until);
        None
    }

    fn send(&mut self, line: &str) -> io::Result<()> {
        if self.is_over || self.is_ended_from_outside() {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.note(Call::Sent(self.id, line.to_owned()));
        if let Some(mut reaction) = self.behaviour.reaction.take() {
            let acts = reaction(&self.world, line);
            self.behaviour.reaction = Some(reaction);
            self.plan(acts);
        }
        Ok(())
    }

    fn kill(&mut self) {
        if self.is_over {
            return;
        }
        self.note(Call::Killed(self.id));
        self.ahead.clear();
        let end = ProcessEvent::Exited(Exit::Signal(SIGKILL));
        let now = self.world.state().now;
        self.ahead.push_back((now, What::Event(end)));
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.is_over {
            self.note(Call::Dropped(self.id));
        }
    }
}
