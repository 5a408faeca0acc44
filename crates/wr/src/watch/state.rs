//! The state of a watch, as its events lead to it. A view needs nothing else to show where the watch is.

use std::path::PathBuf;
use std::rc::Rc;

use engine::{Outcome, Step, Verdict};

use super::event::{Ended, Event, Watched};

/// The state of a watch.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// The directory that is watched.
    pub(crate) root: PathBuf,
    /// What is watched, once the watch has begun.
    pub(crate) subject: Option<Watched>,
    /// The current run.
    pub(crate) run: Option<Run>,
    /// The last verdict, unless something was saved since.
    pub(crate) verdict: Option<Rc<Verdict>>,
}

/// A run that hasn't ended.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) generation: u64,
    /// Whether something was saved since it began.
    pub(crate) is_cancelled: bool,
    /// The step it is at.
    pub(crate) step: Option<Step>,
    /// How many tests there are to run, as far as that is known.
    pub(crate) collected: usize,
    /// How many tests have ended.
    pub(crate) finished: usize,
    /// How many of them failed.
    pub(crate) failed: usize,
}

impl State {
    /// Takes an event in.
    pub(crate) fn apply(&mut self, event: &Event) {
        match event {
            Event::Watching { root, subject } | Event::Moved { root, subject, .. } => {
                *self = Self {
                    root: root.clone(),
                    subject: Some(subject.clone()),
                    ..Self::default()
                };
            }
            Event::Started { generation } => {
                // Nothing is known about the current files until the run has ended.
                self.verdict = None;
                self.run = Some(Run {
                    generation: *generation,
                    ..Run::default()
                });
            }
            Event::Engine { generation, event } => {
                if let Some(run) = self.run_of(*generation) {
                    run.apply(event);
                }
            }
            Event::Cancelled { generation } => {
                if let Some(run) = self.run_of(*generation) {
                    run.is_cancelled = true;
                }
            }
            Event::Ended { generation, result } => {
                if self.run_of(*generation).is_some() {
                    self.run = None;
                }
                if let Ended::Judged(verdict) = result {
                    self.verdict = Some(Rc::clone(verdict));
                }
            }
            Event::Polling { .. }
            | Event::Postponed
            | Event::SelfWritten { .. }
            | Event::Hint(_)
            | Event::NoHints
            | Event::NotSolvedYet
            | Event::CourseFinished
            | Event::Failed(_)
            | Event::Waiting => {}
        }
    }

    /// Whether the current files are known to be solved.
    pub(crate) fn is_solved(&self) -> bool {
        self.verdict
            .as_ref()
            .is_some_and(|verdict| verdict.is_solved())
    }

    /// Whether an exercise is watched.
    pub(crate) fn is_exercise(&self) -> bool {
        matches!(self.subject, Some(Watched::Exercise { .. }))
    }

    /// Whether there are hints to ask for.
    pub(crate) fn has_hints(&self) -> bool {
        matches!(self.subject, Some(Watched::Exercise { has_hints, .. }) if has_hints)
    }

    fn run_of(&mut self, generation: u64) -> Option<&mut Run> {
        self.run.as_mut().filter(|run| run.generation == generation)
    }
}

impl Run {
    fn apply(&mut self, event: &engine::Event) {
        match event {
            engine::Event::Step { step, .. } => self.step = Some(*step),
            engine::Event::Collected { count } => self.collected += count,
            engine::Event::Tested(test) => {
                self.finished += 1;
                self.failed += usize::from(test.outcome == Outcome::Failed);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use engine::{Status, Test};

    use super::*;

    fn state(events: impl IntoIterator<Item = Event>) -> State {
        let mut state = State::default();
        for event in events {
            state.apply(&event);
        }
        state
    }

    fn verdict(status: Status) -> Verdict {
        Verdict {
            exercise: "shop".to_owned(),
            status,
            diagnostics: Vec::new(),
            tests: Vec::new(),
            python: None,
            pythons: Vec::new(),
            timings: Vec::new(),
            output: Vec::new(),
            remembered: false,
        }
    }

    fn solved(generation: u64) -> Event {
        Event::Ended {
            generation,
            result: Ended::Judged(Rc::new(verdict(Status::Solved))),
        }
    }

    fn in_run(generation: u64, event: engine::Event) -> Event {
        Event::Engine { generation, event }
    }

    fn tested(outcome: Outcome) -> engine::Event {
        engine::Event::Tested(Test {
            id: "test_a.py::test_b".to_owned(),
            outcome,
            milliseconds: None,
            place: None,
            message: None,
        })
    }

    #[test]
    fn a_verdict_holds_until_the_next_run() {
        let mut state = state([Event::Started { generation: 1 }, solved(1)]);
        assert!(state.is_solved() && state.run.is_none());
        state.apply(&Event::Started { generation: 2 });
        assert!(!state.is_solved() && state.run.is_some());
    }

    #[test]
    fn a_run_out_of_date_leaves_no_verdict() {
        let state = state([
            Event::Started { generation: 1 },
            Event::Cancelled { generation: 1 },
            Event::Ended {
                generation: 1,
                result: Ended::OutOfDate,
            },
        ]);
        assert!(state.verdict.is_none() && state.run.is_none());
    }

    #[test]
    fn tests_are_counted_per_run() {
        let state = state([
            Event::Started { generation: 1 },
            in_run(1, tested(Outcome::Failed)),
            Event::Started { generation: 2 },
            in_run(2, engine::Event::Collected { count: 3 }),
            in_run(2, engine::Event::Collected { count: 2 }),
            in_run(2, tested(Outcome::Passed)),
            in_run(2, tested(Outcome::Failed)),
            // A late word from the run before.
            in_run(1, tested(Outcome::Failed)),
        ]);
        let run = state
            .run
            .as_ref()
            .map(|run| (run.collected, run.finished, run.failed));
        assert_eq!(run, Some((5, 2, 1)));
    }

    #[test]
    fn another_exercise_begins_without_a_verdict() {
        let state = state([
            Event::Started { generation: 1 },
            solved(1),
            Event::Moved {
                root: "/c".into(),
                subject: Watched::Project,
                reason: super::super::event::Moved::Next,
            },
        ]);
        assert!(!state.is_solved() && !state.is_exercise());
    }
}
