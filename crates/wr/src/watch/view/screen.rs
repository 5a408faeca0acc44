//! The whole terminal as one screen that always shows the present state. Everything is drawn by pure functions of the watch's state
//! and of what the learner looks at; this file owns the terminal and decides when to draw.

mod clock;
mod contents;
mod document;
mod frame;
mod keys;
mod model;
mod search;
#[cfg(test)]
mod tests;

use std::io::{self, Stdout};
use std::rc::Rc;
use std::time::Instant;

use course::Course;
use crossterm::event::KeyEvent;
use crossterm::execute;
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use self::model::{Drawn, Model, Page};
use super::View;
use crate::render::on_screen::{self, Sources};
use crate::watch::ask::Ask;
use crate::watch::event::{Ended, Event};
use crate::watch::state::State;
use crate::{terminal_mode, voice};

/// The screen. The terminal is the learner's again when it's dropped.
pub(super) struct Screen<'v> {
    course: Option<&'v Course>,
    terminal: Terminal<CrosstermBackend<Stdout>>,
    /// Whether the terminal is given away for a while.
    is_away: bool,
    has_colours: bool,
    reader: Reader,
}

/// The learner in front of the screen: what they look at, and what was there when the verdict came.
#[derive(Debug, Default)]
struct Reader {
    model: Model,
    /// The lines that the verdict points to, as they were when it came.
    sources: Sources,
    drawn: Drawn,
}

impl<'v> Screen<'v> {
    /// Takes the terminal.
    pub(super) fn enter(course: Option<&'v Course>) -> io::Result<Self> {
        terminal_mode::enter_screen()?;
        let terminal = Terminal::new(CrosstermBackend::new(io::stdout())).inspect_err(|_| {
            terminal_mode::give_back();
        })?;
        Ok(Self {
            course,
            terminal,
            is_away: false,
            has_colours: anstream::AutoStream::choice(&io::stdout())
                != anstream::ColorChoice::Never,
            reader: Reader::default(),
        })
    }

    fn draw(&mut self, state: &State) {
        if self.is_away {
            return;
        }
        let reader = &mut self.reader;
        let has_colours = self.has_colours;
        // The terminal shows the frame at once when it's complete. If it has gone away, the watch ends by its signal.
        let _ = execute!(io::stdout(), BeginSynchronizedUpdate);
        let _ = self.terminal.draw(|frame| {
            let Reader {
                model,
                sources,
                drawn,
            } = reader;
            *drawn = frame::draw(frame, model, state, sources, Instant::now());
            if !has_colours {
                frame::remove_colours(frame);
            }
            // "To the end" is a number that's known only now.
            model.scroll = model.scroll.min(drawn.last_scroll());
        });
        let _ = execute!(io::stdout(), EndSynchronizedUpdate);
    }
}

impl Drop for Screen<'_> {
    fn drop(&mut self) {
        terminal_mode::leave_screen();
    }
}

impl View for Screen<'_> {
    fn show(&mut self, event: &Event, state: &State) {
        self.reader.take(event, state);
        if let Event::Watching { .. } | Event::Moved { .. } = event {
            let exercise = self.course.zip(state.exercise()).and_then(|(course, id)| {
                let exercise = course.exercise(id)?;
                Some(on_screen::whereabouts(course, exercise))
            });
            self.reader.model.whereabouts = exercise;
        }
        if let Event::CourseFinished = event {
            // The watch is about to end, and so is the screen.
            if let Some(course) = self.course {
                terminal_mode::say_on_leaving(voice::finished(course));
            }
        }
        // While something runs there may be thousands of events a second; the next tick shows where it is.
        if !matches!(event, Event::Engine { .. } | Event::Waiting) {
            self.draw(state);
        }
    }

    fn key(&mut self, key: KeyEvent, state: &State) -> Option<Ask> {
        if self.is_away {
            return None;
        }
        let ask = self.reader.model.press(key, state, &self.reader.drawn);
        self.draw(state);
        ask
    }

    fn tick(&mut self, state: &State) {
        self.draw(state);
    }

    fn redraw(&mut self, state: &State) {
        if self.is_away {
            self.is_away = false;
            let _ = terminal_mode::enter_screen();
            // Whatever is on it is unknown. `Terminal::clear` would ask the terminal for its cursor, and its answer is a key to us.
            let _ = execute!(io::stdout(), Clear(ClearType::All));
            if let Ok(terminal) = Terminal::new(CrosstermBackend::new(io::stdout())) {
                self.terminal = terminal;
            }
        }
        let place = self.reader.place();
        self.draw(state);
        if self.reader.go_to(place) {
            self.draw(state);
        }
    }

    fn leave(&mut self) {
        self.is_away = true;
        terminal_mode::leave_screen();
    }
}

impl Reader {
    /// The finding at the top of the page, and how many of its lines are above it.
    fn place(&self) -> Option<(usize, usize)> {
        let starts = &self.drawn.starts;
        let finding = starts
            .iter()
            .rposition(|start| *start <= self.model.scroll)?;
        Some((finding, self.model.scroll - starts[finding]))
    }

    /// Scrolls to a place in what was drawn last: lines have other numbers in another width. Returns whether that changed anything.
    fn go_to(&mut self, place: Option<(usize, usize)>) -> bool {
        let Some((finding, above)) = place else {
            return false;
        };
        let starts = &self.drawn.starts;
        let Some(start) = starts.get(finding) else {
            return false;
        };
        let end = starts.get(finding + 1).copied().unwrap_or(self.drawn.lines);
        let scroll = (start + above).min(end.saturating_sub(1));
        std::mem::replace(&mut self.model.scroll, scroll) != scroll
    }

    /// Takes in what happened.
    fn take(&mut self, event: &Event, state: &State) {
        match event {
            Event::Moved { .. } => {
                self.model.begin_again();
            }
            Event::Ended {
                result: Ended::Judged(verdict),
                ..
            } => {
                self.sources = on_screen::sources(verdict, &state.root);
                let before = state.history.get(1).map(|judged| &judged.verdict);
                let is_the_same = before.is_some_and(|before| {
                    !verdict.diagnostics.is_empty()
                        && before.diagnostics.len() == verdict.diagnostics.len()
                        && before.diagnostics.first() == verdict.diagnostics.first()
                        && !Rc::ptr_eq(before, verdict)
                });
                self.model.judged(is_the_same, verdict.is_solved());
            }
            Event::Solution(_) => self.model.show(Page::Solution),
            Event::Restored {
                is_undo,
                has_changed: true,
            } => self.model.can_undo = !is_undo,
            Event::Hint(_) => {
                self.model.show(Page::Hints);
                // The newest is the last.
                self.model.scroll = usize::MAX;
            }
            _ => {}
        }
        if let Some(notice) = notice(event, state) {
            self.model.notice = Some(notice);
        }
    }
}

/// What an event says in one line, if it's not about the verdict.
fn notice(event: &Event, state: &State) -> Option<String> {
    Some(match event {
        Event::NoHints => voice::NO_HINTS.to_owned(),
        Event::NotSolvedYet => {
            "This exercise isn't solved yet. Press n again to go on anyway.".to_owned()
        }
        Event::Restored {
            has_changed: false, ..
        } => "These are the original files already.".to_owned(),
        Event::Restored { is_undo: true, .. } => "Your files are back.".to_owned(),
        Event::Restored { .. } => {
            "The original files are back. Press u to undo that; `wr reset --list` shows your backups."
                .to_owned()
        }
        Event::AtFirst => voice::AT_FIRST.to_owned(),
        Event::SolutionWithheld => {
            "This exercise isn't solved yet. Press s again to see the solution anyway; `wr list` remembers that."
                .to_owned()
        }
        Event::NoSolution => voice::NO_SOLUTION.to_owned(),
        Event::Moved {
            reason: crate::watch::event::Moved::OpenedElsewhere,
            ..
        } => "This exercise was opened elsewhere.".to_owned(),
        Event::Polling { reason } => {
            format!("The system doesn't report file changes here ({reason}), so files are checked several times a second.")
        }
        Event::SelfWritten { files } => {
            let names: Vec<String> = files
                .iter()
                .map(|file| file.strip_prefix(&state.root).unwrap_or(file).display().to_string())
                .collect();
            format!("Changes in every run, so it's taken for the tests' own: {}", names.join(", "))
        }
        Event::Book(opened) => match &opened.remark {
            Some(remark) if opened.is_in_browser => remark.clone(),
            _ if opened.is_in_browser => "The book opens in your browser.".to_owned(),
            // It has to fit into one line whole, to be copied.
            _ => format!("Open {}", opened.addresses.first().map_or("the book", String::as_str)),
        },
        Event::Failed(error) => error.sentence(),
        _ => return None,
    })
}
