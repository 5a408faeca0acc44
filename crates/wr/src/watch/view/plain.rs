//! Lines for people: each verdict, and the answer to each key. Progress is shown if a step takes long.

use course::{Course, Exercise};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::View;
use crate::cli::{Format, Global};
use crate::progress::Display;
use crate::render::{self, AskedBy};
use crate::voice;
use crate::watch::ask::Ask;
use crate::watch::event::{Ended, Event, Moved, Watched};
use crate::watch::state::State;

pub(super) struct Plain<'v> {
    course: Option<&'v Course>,
    global: &'v Global,
    /// Shows what the engine does during a run.
    display: Option<Display>,
}

impl<'v> Plain<'v> {
    pub(super) fn new(course: Option<&'v Course>, global: &'v Global) -> Self {
        Self {
            course,
            global,
            display: None,
        }
    }

    fn say(&self, sentence: &str) {
        render::say(sentence, self.global);
    }

    /// The exercise that is watched, with its course.
    fn exercise(&self, state: &State) -> Option<(&'v Course, &'v Exercise)> {
        let Some(Watched::Exercise { id, .. }) = &state.subject else {
            return None;
        };
        let course = self.course?;
        Some((course, course.exercise(id)?))
    }

    fn moved(&self, reason: Moved, state: &State) {
        let Some((course, exercise)) = self.exercise(state) else {
            return;
        };
        match reason {
            Moved::Asked => render::opened(course, exercise, AskedBy::Watch, self.global),
            Moved::OpenedElsewhere => self.say(&format!(
                "{} was opened elsewhere; watching it from now on.",
                exercise.id()
            )),
        }
    }

    fn ended(&mut self, result: &Ended, state: &State) {
        if let Some(display) = self.display.take() {
            display.finish();
        }
        match result {
            Ended::Judged(verdict) => {
                render::verdict_on_screen(verdict, &state.root, self.global);
                if verdict.is_solved()
                    && let Some((course, exercise)) = self.exercise(state)
                {
                    render::after_solved(course, exercise, AskedBy::Watch, self.global);
                }
            }
            Ended::OutOfDate => {}
            Ended::Failed(error) => {
                render::error(error, Format::Text);
            }
        }
    }
}

impl View for Plain<'_> {
    fn key(&mut self, key: KeyEvent, _: &State) -> Option<Ask> {
        if key
            .modifiers
            .intersects(KeyModifiers::ALT | KeyModifiers::CONTROL)
        {
            return None;
        }
        Some(match key.code {
            KeyCode::Char('q') => Ask::Quit,
            KeyCode::Char('n') => Ask::Next { anyway: false },
            KeyCode::Char('p') => Ask::Previous,
            KeyCode::Char('h') => Ask::Hint,
            KeyCode::Char('b') => Ask::Book,
            KeyCode::Char('s') => Ask::Solution { anyway: false },
            KeyCode::Char('r') | KeyCode::Enter => Ask::Rerun,
            _ => return None,
        })
    }

    fn show(&mut self, event: &Event, state: &State) {
        match event {
            Event::Watching { root, .. } => self.say(&format!(
                "Watching {}. Save a file to verify it.",
                root.display()
            )),
            Event::Moved { reason, .. } => self.moved(*reason, state),
            Event::Started { .. } => self.display = Some(Display::new(self.global)),
            Event::Engine { generation, event, .. } => {
                let is_current = state
                    .run
                    .as_ref()
                    .is_some_and(|run| run.generation == *generation);
                if let Some(display) = self.display.as_ref().filter(|_| is_current) {
                    display.show(event);
                }
            }
            Event::Ended { result, .. } => self.ended(result, state),
            Event::Polling { reason } => render::polling(reason),
            Event::SelfWritten { files } => {
                render::self_written_files(files, &state.root, self.global);
            }
            Event::Hint(hint) => {
                if let Some((_, exercise)) = self.exercise(state) {
                    render::hint(exercise, hint, AskedBy::Watch, self.global);
                }
            }
            Event::NoHints => self.say(voice::NO_HINTS),
            Event::NotSolvedYet => self.say("Not yet: this exercise isn't solved."),
            Event::AtFirst => self.say(voice::AT_FIRST),
            Event::Solution(solution) => {
                if let Some((_, exercise)) = self.exercise(state) {
                    render::solution(exercise, solution, self.global);
                }
            }
            Event::SolutionWithheld => self.say(
                "This exercise isn't solved yet. `wr solution --anyway` shows you the solution in another terminal.",
            ),
            Event::NoSolution => self.say(voice::NO_SOLUTION),
            Event::CourseFinished => {
                if let Some(course) = self.course {
                    self.say(&voice::finished(course));
                }
            }
            Event::Book(opened) => render::book_opened(opened, self.global),
            Event::Failed(error) => {
                render::error(error, Format::Text);
            }
            Event::Waiting => render::keys(
                state.is_exercise(),
                state.is_solved(),
                state.has_hints(),
                self.global,
            ),
            // Nobody can ask for a reset here.
            Event::Restored { .. }
            | Event::Progress(_)
            | Event::Cancelled { .. }
            | Event::Postponed => {}
        }
    }
}
