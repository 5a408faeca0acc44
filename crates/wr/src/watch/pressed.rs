//! What the keys do.

use std::process::ExitCode;
use std::sync::mpsc::Sender;

use engine::{ChangeSet, SelfWriteDetector, Watched};

use super::Watcher;
use super::event::{Event, Moved};
use super::files::Files;
use super::worker::Order;
use crate::error::CommandError;

impl Watcher<'_> {
    pub(super) fn key(
        &mut self,
        key: char,
        files: &mut Files,
        orders: &Sender<Order>,
    ) -> Result<Option<ExitCode>, CommandError> {
        match key {
            'q' => return Ok(Some(crate::exit::status(self.state.is_solved()))),
            'n' => {
                if !self.state.is_solved() {
                    self.emit(&Event::NotSolvedYet);
                } else if self.goal.next()? {
                    self.restart(Moved::Next, files, orders);
                } else {
                    self.emit(&Event::CourseFinished);
                    return Ok(Some(ExitCode::SUCCESS));
                }
            }
            'h' => {
                let hint = self.goal.hint()?;
                self.emit(&hint.map_or(Event::NoHints, Event::Hint));
                self.emit(&Event::Waiting);
            }
            '\n' | '\r' | 'r' => self.rerun(orders),
            _ => {}
        }
        Ok(None)
    }

    /// Starts watching the new goal.
    pub(super) fn restart(&mut self, reason: Moved, files: &mut Files, orders: &Sender<Order>) {
        self.emit(&Event::Moved {
            root: self.goal.root().to_owned(),
            subject: self.goal.subject(),
            reason,
        });
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
