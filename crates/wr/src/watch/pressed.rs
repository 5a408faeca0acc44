//! What the keys do.

use std::process::ExitCode;
use std::sync::mpsc::Sender;

use engine::{ChangeSet, SelfWriteDetector, Watched};

use super::Watcher;
use super::files::Files;
use super::worker::Order;
use crate::error::CommandError;
use crate::{command, render};

impl Watcher<'_> {
    pub(super) fn key(
        &mut self,
        key: char,
        files: &mut Files,
        orders: &Sender<Order>,
    ) -> Result<Option<ExitCode>, CommandError> {
        match key {
            'q' => return Ok(Some(command::status(self.is_solved))),
            'n' => {
                if !self.is_solved {
                    render::say("Not yet: this exercise isn't solved.", self.global);
                } else if self.goal.next(self.global)? {
                    self.restart(files, orders);
                } else {
                    return Ok(Some(ExitCode::SUCCESS));
                }
            }
            'h' => {
                self.goal.hint(self.global)?;
                self.keys_line();
            }
            '\n' | '\r' | 'r' => self.rerun(orders),
            _ => {}
        }
        Ok(None)
    }

    /// Starts watching the new goal.
    pub(super) fn restart(&mut self, files: &mut Files, orders: &Sender<Order>) {
        self.is_solved = false;
        self.self_writes = SelfWriteDetector::default();
        self.watched = Watched::begin(self.system, self.goal.root());
        files.look_at(&self.watched.directories(self.system, self.goal.root()));
        let action = self.queue.changed(ChangeSet::default());
        self.act(&action, orders);
    }

    fn rerun(&mut self, orders: &Sender<Order>) {
        let action = self.queue.changed(ChangeSet {
            is_asked: true,
            ..ChangeSet::default()
        });
        self.act(&action, orders);
    }
}
