//! The book: publishes the state for the pages that are open.

use std::rc::Rc;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use course::Course;
use livebook::{
    Entry, File, Hints, Hunk, Moment, Notice, Progress, Run, Seat, Server, Side, Solution,
};

use super::View;
use crate::comparison::{self, Compared};
use crate::render;
use crate::voice;
use crate::watch::event::{Ended, Event, Watched};
use crate::watch::state::{self, State};

pub(crate) struct Book<'v> {
    course: &'v Course,
    server: Rc<Server>,
    /// The last verdict on the exercise, for as long as there is no newer one.
    verdict: Option<Arc<livebook::Verdict>>,
    /// Whether the course has a solution of the exercise.
    has_solution: bool,
    notice: Option<Notice>,
    notices: u64,
    /// Whether something has happened in the run that isn't published. Runs report more than anybody can read.
    is_behind: bool,
}

impl<'v> Book<'v> {
    pub(crate) fn new(course: &'v Course, server: Rc<Server>) -> Self {
        Self {
            course,
            server,
            verdict: None,
            has_solution: false,
            notice: None,
            notices: 0,
            is_behind: false,
        }
    }

    fn say(&mut self, text: impl Into<String>) {
        self.notices += 1;
        self.notice = Some(Notice {
            number: self.notices,
            text: text.into(),
        });
    }

    fn moved(&mut self, subject: &Watched) {
        self.verdict = None;
        self.notice = None;
        self.has_solution = match subject {
            Watched::Exercise { id, .. } => author::has_solution(self.course, id),
            Watched::Project => false,
        };
    }

    fn ended(&mut self, result: &Ended, at: SystemTime, state: &State) {
        match result {
            Ended::Judged(verdict) => {
                self.verdict = Some(Arc::new(render::book_verdict(verdict, &state.root, at)));
            }
            Ended::OutOfDate => {}
            Ended::Failed(error) => {
                self.verdict = None;
                self.say(error.sentence());
            }
        }
    }

    /// Takes in what the state doesn't hold. Returns whether the pages should see it now.
    fn take(&mut self, event: &Event, state: &State) -> bool {
        match event {
            Event::Watching { subject, .. } | Event::Moved { subject, .. } => self.moved(subject),
            Event::Ended { result, at, .. } => self.ended(result, *at, state),
            Event::NoHints => self.say(voice::NO_HINTS),
            Event::NotSolvedYet => self.say("Not yet: this exercise isn't solved."),
            Event::AtFirst => self.say(voice::AT_FIRST),
            Event::SolutionWithheld => {
                self.say("The solution is shown once the exercise is solved.");
            }
            Event::NoSolution => self.say(voice::NO_SOLUTION),
            Event::CourseFinished => self.say(voice::finished(self.course)),
            Event::Failed(error) => self.say(error.sentence()),
            Event::Restored {
                has_changed: true,
                is_undo,
            } => self.say(if *is_undo {
                "Your files are back."
            } else {
                "The original files are back."
            }),
            Event::Started { .. } | Event::Hint(_) | Event::Solution(_) => self.notice = None,
            Event::Progress(_) => {}
            Event::Engine { .. } => {
                self.is_behind = true;
                return false;
            }
            Event::Cancelled { .. }
            | Event::Polling { .. }
            | Event::Postponed
            | Event::SelfWritten { .. }
            | Event::Restored { .. }
            | Event::Book(_)
            | Event::Waiting => return false,
        }
        true
    }

    fn publish(&mut self, state: &State) {
        self.is_behind = false;
        let Some(Watched::Exercise { id, hints, .. }) = &state.subject else {
            return;
        };
        let is_solved = state
            .outline
            .iter()
            .any(|entry| entry.id == *id && entry.is_solved());
        self.server.publish(Seat {
            exercise: id.to_string(),
            exercises: state
                .outline
                .iter()
                .map(|entry| Entry {
                    id: entry.id.to_string(),
                    progress: match entry.state {
                        None => Progress::Unopened,
                        Some(false) => Progress::Opened,
                        Some(true) => Progress::Solved,
                    },
                })
                .collect(),
            run: state.run.as_ref().map(run),
            verdict: self.verdict.clone(),
            is_outdated: state.verdict.is_none(),
            hints: Hints {
                shown: state
                    .hints
                    .iter()
                    .map(|hint| livebook::parse_markdown(hint))
                    .collect(),
                total: *hints,
            },
            solution: match &state.solution {
                Some(solution) => shown(solution),
                None if !self.has_solution => Solution::Absent,
                None if is_solved => Solution::Ready,
                None => Solution::Locked,
            },
            notice: self.notice.clone(),
        });
    }
}

impl View for Book<'_> {
    fn show(&mut self, event: &Event, state: &State) {
        if self.take(event, state) {
            self.publish(state);
        }
    }

    fn tick(&mut self, state: &State) {
        if self.is_behind {
            self.publish(state);
        }
    }
}

fn run(run: &state::Run) -> Run {
    let ago = Instant::now().saturating_duration_since(run.began);
    let began = SystemTime::now().checked_sub(ago);
    Run {
        step: render::on_a_line(&run.detail),
        since: began.map_or_else(Moment::now, Moment::from),
        tests: (run.collected > 0).then_some((run.finished, run.collected)),
    }
}

fn shown(solution: &crate::solution::Solution) -> Solution {
    Solution::Shown {
        files: solution.differences.iter().map(file).collect(),
        why: solution
            .why
            .as_deref()
            .map(livebook::parse_markdown)
            .unwrap_or_default(),
    }
}

fn file(compared: &Compared) -> File {
    let side = |side| match side {
        comparison::Side::Both => Side::Both,
        comparison::Side::Learner => Side::Learner,
        comparison::Side::Solution => Side::Solution,
    };
    File {
        path: compared.file.clone(),
        hunks: compared
            .hunks
            .iter()
            .map(|hunk| Hunk {
                line: hunk.line,
                lines: hunk
                    .lines
                    .iter()
                    .map(|(who, line)| (side(*who), line.clone()))
                    .collect(),
            })
            .collect(),
    }
}
