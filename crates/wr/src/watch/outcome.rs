//! What follows from the end of a run: its verdict is shown and recorded, and what changed meanwhile may be due.

use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use engine::{Action, ChangeSet, Interrupted, Verdict, VerdictFreshness, Watched};

use super::Watcher;
use super::event::{Ended, Event};
use super::files::Files;
use super::worker::Order;
use crate::error::CommandError;

/// The shortest and the longest pause before a run that is made only because its own tests may have written something; in
/// between, as long as the run itself, so that who types has as much time to be seen typing.
const PAUSE: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(10));

impl Watcher<'_> {
    pub(super) fn learn(&mut self, learnt: Watched, files: &mut Files) {
        // Only what the build told of further files is new; the state of the files is this loop's own.
        self.at_start.adopt(learnt.clone());
        self.watched.adopt(learnt);
        files.look_at(&self.watched.directories(self.system, self.goal.root()));
    }

    pub(super) fn ended(
        &mut self,
        generation: u64,
        result: Result<Result<Verdict, Interrupted>, CommandError>,
        orders: &Sender<Order>,
    ) {
        // Before anybody sees the verdict and saves again: what changed up to now changed in the run.
        let now = self.watched.look_again(self.system, self.goal.root());
        self.self_writes.in_run(&now.changed_since(&self.watched));
        self.watched = now;
        let is_current = self.queue.is_current(generation);
        let has_verdict = matches!(result, Ok(Ok(_)));
        let result = match result {
            Ok(Ok(mut verdict)) if is_current => {
                verdict.timings.splice(0..0, self.before.drain(..));
                Ended::Judged(Box::new(verdict))
            }
            // For `wr check`, a broken manifest is an error of the tool's. Here, the next save repairs it.
            Err(error) if is_current => Ended::Failed(error),
            _ => Ended::OutOfDate,
        };
        self.emit(&Event::Ended { generation, result });
        if is_current {
            let recorded = match &self.state.verdict {
                Some(verdict) => self.goal.record(verdict),
                None => Ok(()),
            };
            self.go_on_after(recorded);
            self.emit(&Event::Waiting);
        }
        let different = self.watched.changed_since(&self.at_start);
        let standing = self.self_writes.end(is_current, &different);
        let action = match self.queue.ended(generation, has_verdict) {
            Action::Wait => self.stand(standing, different),
            other => other,
        };
        self.act(&action, orders);
    }

    /// What follows from how far the verdict holds that was just given.
    fn stand(&mut self, standing: VerdictFreshness, different: Vec<PathBuf>) -> Action {
        match standing {
            VerdictFreshness::Holds => Action::Wait,
            VerdictFreshness::HoldsBut(own) => {
                self.emit(&Event::SelfWritten { files: own });
                Action::Wait
            }
            VerdictFreshness::Stale => self.queue.changed(ChangeSet {
                files: different.into_iter().collect(),
                is_asked: false,
            }),
            VerdictFreshness::Doubtful => {
                let (shortest, longest) = PAUSE;
                let pause = self.began.elapsed().clamp(shortest, longest);
                self.due = Some(Instant::now() + pause);
                self.emit(&Event::Postponed);
                Action::Wait
            }
        }
    }

    /// Shows what went wrong beside the verdicts, and goes on: a watch ends when the person ends it.
    pub(super) fn go_on_after(&mut self, result: Result<(), CommandError>) {
        if let Err(error) = result {
            self.emit(&Event::Failed(error));
        }
    }
}
