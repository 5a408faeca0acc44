//! The end of a run: its verdict is shown and recorded, and changes made meanwhile may require another run.

use std::path::PathBuf;
use std::rc::Rc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant, SystemTime};

use engine::{Action, ChangeSet, Interrupted, Verdict, VerdictFreshness, Watched};

use super::ask::Ask;
use super::event::{Ended, Event};
use super::files::Files;
use super::worker::Order;
use super::{Message, Watcher};
use crate::error::CommandError;

/// The shortest and longest pause before a run that happens only because the tests may have written something. In
/// between, the pause is as long as the run itself, so that a person typing has as much time to be noticed.
const PAUSE: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(10));

impl Watcher<'_> {
    pub(super) fn adopt_inputs(&mut self, learnt: Watched, files: &mut Files) {
        // Only the list of further files from the build is new; this loop tracks the state of the files itself.
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
        if self.is_suspending {
            self.stop_until_continued();
        }
        // Before anybody sees the verdict and saves again: whatever has changed by now changed during the run.
        let now = self.watched.look_again(self.system, self.goal.root());
        self.self_writes.in_run(&now.changed_since(&self.watched));
        self.watched = now;
        let is_current = self.queue.is_current(generation);
        let has_verdict = matches!(result, Ok(Ok(_)));
        let result = match result {
            Ok(Ok(mut verdict)) if is_current => {
                verdict.timings.splice(0..0, self.before.drain(..));
                Ended::Judged(Rc::new(verdict))
            }
            // For `wr check`, a broken manifest is an error. Here, the next save fixes it.
            Err(error) if is_current => Ended::Failed(error),
            _ => Ended::OutOfDate,
        };
        let at = SystemTime::now();
        self.emit(&Event::Ended {
            generation,
            result,
            at,
        });
        if is_current {
            let recorded = match &self.state.verdict {
                Some(verdict) => self.goal.record(verdict),
                None => Ok(()),
            };
            self.report_error(recorded);
            let reported = self.report_progress();
            self.report_error(reported);
            self.emit(&Event::Waiting);
            if self.global.keep_going && self.state.is_solved() {
                // The loop is there for as long as this is.
                let _ = self.tell.send(Message::Ask(Ask::Next { anyway: false }));
            }
        }
        let different = self.watched.changed_since(&self.at_start);
        let freshness = self.self_writes.end(is_current, &different);
        let action = match self.queue.ended(generation, has_verdict) {
            Action::Wait => self.act_on_freshness(freshness, different),
            other => other,
        };
        self.act(&action, orders);
    }

    /// Decides what to do, depending on whether the verdict still holds.
    fn act_on_freshness(&mut self, freshness: VerdictFreshness, different: Vec<PathBuf>) -> Action {
        match freshness {
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

    /// Shows an error that isn't part of a verdict, and continues: a watch ends only when the person ends it.
    pub(super) fn report_error(&mut self, result: Result<(), CommandError>) {
        if let Err(error) = result {
            self.emit(&Event::Failed(error));
        }
    }
}
