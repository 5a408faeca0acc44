//! The end of a run: its verdict is shown and recorded, and changes made meanwhile may require another run.

use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use engine::{Action, ChangeSet, Interrupted, Verdict, VerdictFreshness, Watched};

use super::Watcher;
use super::files::Files;
use super::worker::Order;
use crate::error::CommandError;
use crate::render;

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
        // Before anybody sees the verdict and saves again: whatever has changed by now changed during the run.
        let now = self.watched.look_again(self.system, self.goal.root());
        self.self_writes.in_run(&now.changed_since(&self.watched));
        self.watched = now;
        let is_current = self.queue.is_current(generation);
        let has_verdict = matches!(result, Ok(Ok(_)));
        match result {
            Ok(Ok(mut verdict)) if is_current => {
                verdict.timings.splice(0..0, self.before.drain(..));
                self.is_solved = verdict.is_solved();
                render::verdict_on_screen(&verdict, self.goal.root(), self.global);
                render::watched(&verdict, self.global);
                if self.is_solved {
                    self.goal.after_solved(self.global);
                }
                let recorded = self.goal.record(&verdict);
                self.report_error(recorded);
                self.keys_line();
            }
            // For `wr check` a broken manifest is an error; here, the next save fixes it.
            Err(error) if is_current => {
                self.report_error(Err(error));
                self.keys_line();
            }
            _ => {}
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
                render::self_written_files(&own, self.goal.root(), self.global);
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
                Action::Wait
            }
        }
    }

    /// Shows an error that isn't part of a verdict, and continues: a watch ends only when the person ends it.
    pub(super) fn report_error(&self, result: Result<(), CommandError>) {
        if let Err(error) = result {
            render::error(&error, self.global.format);
        }
    }
}
