//! The state of a watch, as its events lead to it. A view needs nothing else to show where the watch is.

use std::path::PathBuf;
use std::rc::Rc;
use std::time::{Instant, SystemTime};

use course::ExerciseId;
use engine::{Outcome, Step, Test, Verdict};

use super::event::{Ended, Event, Watched};
use crate::outline::Entry;
use crate::solution::Solution;

/// How many past verdicts are remembered.
const HISTORY: usize = 20;

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
    /// The verdicts since the exercise was opened, the newest first.
    pub(crate) history: Vec<Judged>,
    /// Why the current files can't be verified at all: the message, and what to do.
    pub(crate) failure: Option<(String, Option<String>)>,
    /// The hints that the learner has seen, in order.
    pub(crate) hints: Vec<String>,
    /// The solution, once it was shown and until something was saved.
    pub(crate) solution: Option<Rc<Solution>>,
    /// The course's exercises, and what the learner has done about each.
    pub(crate) outline: Vec<Entry>,
}

/// A verdict in the past.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    pub(crate) verdict: Rc<Verdict>,
    pub(crate) at: SystemTime,
}

/// A step of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StepSoFar {
    pub(crate) step: Step,
    /// What is being done, in words for the user.
    pub(crate) detail: String,
    pub(crate) since: Instant,
}

/// A run that hasn't ended.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Run {
    pub(crate) generation: u64,
    /// When it began.
    pub(crate) began: Instant,
    /// Whether something was saved since it began.
    pub(crate) is_cancelled: bool,
    /// The steps so far; the last is the one it's at.
    pub(crate) steps: Vec<StepSoFar>,
    /// What it does now, in words for the user.
    pub(crate) detail: String,
    /// The crate that cargo mentioned last.
    pub(crate) compiling: Option<String>,
    /// The tests that failed.
    pub(crate) failures: Vec<Test>,
    /// How many tests there are to run, as far as that is known.
    pub(crate) collected: usize,
    /// How many tests have ended.
    pub(crate) finished: usize,
}

impl State {
    /// Takes an event in.
    pub(crate) fn apply(&mut self, event: &Event) {
        match event {
            Event::Watching { root, subject } | Event::Moved { root, subject, .. } => {
                *self = Self {
                    root: root.clone(),
                    subject: Some(subject.clone()),
                    hints: match subject {
                        Watched::Exercise { hints_seen, .. } => hints_seen.clone(),
                        Watched::Project => Vec::new(),
                    },
                    outline: std::mem::take(&mut self.outline),
                    ..Self::default()
                };
            }
            Event::Progress(outline) => self.outline.clone_from(outline),
            Event::Started { generation, at } => {
                // Nothing is known about the current files until the run has ended.
                self.verdict = None;
                self.failure = None;
                self.solution = None;
                self.run = Some(Run::new(*generation, *at));
            }
            Event::Engine {
                generation,
                event,
                at,
            } => {
                if let Some(run) = self.run_of(*generation) {
                    run.apply(event, *at);
                }
            }
            Event::Cancelled { generation } => {
                if let Some(run) = self.run_of(*generation) {
                    run.is_cancelled = true;
                }
            }
            Event::Ended {
                generation,
                result,
                at,
            } => {
                if self.run_of(*generation).is_some() {
                    self.run = None;
                }
                match result {
                    Ended::Judged(verdict) => {
                        self.verdict = Some(Rc::clone(verdict));
                        self.remember(verdict, *at);
                    }
                    Ended::Failed(error) => {
                        self.failure = Some((error.message.clone(), error.help.clone()));
                    }
                    Ended::OutOfDate => {}
                }
            }
            Event::Hint(hint) => {
                // After the last one they start over.
                if hint.place.number > self.hints.len() {
                    self.hints.push(hint.text.clone());
                }
            }
            Event::Solution(solution) => self.solution = Some(Rc::new(solution.clone())),
            Event::Polling { .. }
            | Event::Postponed
            | Event::SelfWritten { .. }
            | Event::NoHints
            | Event::SolutionWithheld
            | Event::NoSolution
            | Event::NotSolvedYet
            | Event::Restored { .. }
            | Event::AtFirst
            | Event::CourseFinished
            | Event::Book(_)
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

    /// The exercise, unless it's a project.
    pub(crate) fn exercise(&self) -> Option<&ExerciseId> {
        match &self.subject {
            Some(Watched::Exercise { id, .. }) => Some(id),
            _ => None,
        }
    }

    /// The verdict to show: the current one, or the last one while there is none.
    pub(crate) fn shown(&self) -> Option<&Rc<Verdict>> {
        self.history.first().map(|judged| &judged.verdict)
    }

    /// Whether there are hints to ask for.
    pub(crate) fn has_hints(&self) -> bool {
        self.hint_count() > 0
    }

    /// How many hints there are.
    pub(crate) fn hint_count(&self) -> usize {
        match self.subject {
            Some(Watched::Exercise { hints, .. }) => hints,
            _ => 0,
        }
    }

    fn remember(&mut self, verdict: &Rc<Verdict>, at: SystemTime) {
        let judged = Judged {
            verdict: Rc::clone(verdict),
            at,
        };
        self.history.insert(0, judged);
        self.history.truncate(HISTORY);
    }

    fn run_of(&mut self, generation: u64) -> Option<&mut Run> {
        self.run.as_mut().filter(|run| run.generation == generation)
    }
}

impl Run {
    fn new(generation: u64, began: Instant) -> Self {
        Self {
            generation,
            began,
            is_cancelled: false,
            steps: Vec::new(),
            detail: String::new(),
            compiling: None,
            failures: Vec::new(),
            collected: 0,
            finished: 0,
        }
    }

    fn apply(&mut self, event: &engine::Event, at: Instant) {
        match event {
            engine::Event::Step { step, detail } => {
                self.detail.clone_from(detail);
                self.compiling = None;
                self.steps.push(StepSoFar {
                    step: *step,
                    detail: detail.clone(),
                    since: at,
                });
            }
            engine::Event::Compiling { package } => {
                self.detail = format!("compiling {package}");
                self.compiling = Some(self.detail.clone());
            }
            engine::Event::TestStarted { id } => self.detail = format!("running {id}"),
            engine::Event::Collected { count } => self.collected += count,
            engine::Event::Tested(test) => {
                self.finished += 1;
                if test.outcome == Outcome::Failed {
                    self.failures.push(test.clone());
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use engine::Status;

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

    fn started(generation: u64) -> Event {
        Event::Started {
            generation,
            at: Instant::now(),
        }
    }

    fn solved(generation: u64) -> Event {
        Event::Ended {
            generation,
            result: Ended::Judged(Rc::new(verdict(Status::Solved))),
            at: SystemTime::now(),
        }
    }

    fn in_run(generation: u64, event: engine::Event) -> Event {
        Event::Engine {
            generation,
            event,
            at: Instant::now(),
        }
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
        let mut state = state([started(1), solved(1)]);
        assert!(state.is_solved() && state.run.is_none());
        state.apply(&started(2));
        assert!(!state.is_solved() && state.run.is_some());
    }

    #[test]
    fn a_run_out_of_date_leaves_no_verdict() {
        let state = state([
            started(1),
            Event::Cancelled { generation: 1 },
            Event::Ended {
                generation: 1,
                result: Ended::OutOfDate,
                at: SystemTime::now(),
            },
        ]);
        assert!(state.verdict.is_none() && state.run.is_none());
    }

    #[test]
    fn tests_are_counted_per_run() {
        let state = state([
            started(1),
            in_run(1, tested(Outcome::Failed)),
            started(2),
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
            .map(|run| (run.collected, run.finished, run.failures.len()));
        assert_eq!(run, Some((5, 2, 1)));
    }

    #[test]
    fn another_exercise_begins_without_a_verdict() {
        let state = state([
            started(1),
            solved(1),
            Event::Moved {
                root: "/c".into(),
                subject: Watched::Project,
                reason: super::super::event::Moved::Asked,
            },
        ]);
        assert!(!state.is_solved() && !state.is_exercise());
    }
}
