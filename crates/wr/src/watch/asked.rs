//! What people ask of the watch, and what it does about it.

use std::process::ExitCode;
use std::sync::mpsc::Sender;

use engine::{ChangeSet, SelfWriteDetector, Watched};

use super::Watcher;
use super::ask::Ask;
use super::book::Opening;
use super::event::{Event, Moved};
use super::files::Files;
use super::worker::Order;
use crate::error::CommandError;
use crate::solution::Answer;

impl Watcher<'_> {
    /// Does what somebody asked for. Returns the exit status if that ends the watch.
    pub(super) fn asked(
        &mut self,
        ask: Ask,
        files: &mut Files,
        orders: &Sender<Order>,
    ) -> Result<Option<ExitCode>, CommandError> {
        match ask {
            Ask::Quit => return Ok(Some(crate::exit::status(self.state.is_solved()))),
            Ask::Rerun => self.rerun(orders),
            Ask::Next { anyway } => {
                if !self.state.is_solved() && !anyway {
                    self.emit(&Event::NotSolvedYet);
                } else if self.goal.next()? {
                    self.restart(Moved::Asked, files, orders)?;
                } else {
                    self.emit(&Event::CourseFinished);
                    return Ok(Some(ExitCode::SUCCESS));
                }
            }
            Ask::Previous => {
                if self.goal.previous()? {
                    self.restart(Moved::Asked, files, orders)?;
                } else {
                    self.emit(&Event::AtFirst);
                }
            }
            Ask::Open(id) => {
                self.goal.open(&id)?;
                self.restart(Moved::Asked, files, orders)?;
            }
            Ask::Book => self.open_book(Opening::Browser)?,
            Ask::Reset => {
                let has_changed = self.goal.reset(self.system)?;
                self.emit(&Event::Restored {
                    is_undo: false,
                    has_changed,
                });
                self.report_progress()?;
            }
            Ask::Undo => {
                let has_changed = self.goal.undo()?;
                self.emit(&Event::Restored {
                    is_undo: true,
                    has_changed,
                });
                self.report_progress()?;
            }
            Ask::Edit(place) => self.edit(&place)?,
            Ask::EditSource => self.edit_source()?,
            Ask::Hint => {
                let hint = self.goal.hint()?;
                self.emit(&hint.map_or(Event::NoHints, Event::Hint));
                self.emit(&Event::Waiting);
            }
            Ask::Solution { anyway } => {
                let answer = self.goal.solution(anyway)?;
                self.emit(&match answer {
                    Answer::Shown(solution) => Event::Solution(solution),
                    Answer::Withheld => Event::SolutionWithheld,
                    Answer::Missing => Event::NoSolution,
                });
                self.report_progress()?;
            }
        }
        Ok(None)
    }

    /// Starts watching the new goal.
    pub(super) fn restart(
        &mut self,
        reason: Moved,
        files: &mut Files,
        orders: &Sender<Order>,
    ) -> Result<(), CommandError> {
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
        self.report_progress()
    }

    /// Opens the book, and says where.
    pub(super) fn open_book(&mut self, opening: Opening) -> Result<(), CommandError> {
        let opened = self.book.open(opening)?;
        self.emit(&Event::Book(opened));
        Ok(())
    }

    /// Lets the views know what the learner has done in the course.
    pub(super) fn report_progress(&mut self) -> Result<(), CommandError> {
        if let Some(outline) = self.goal.outline()? {
            self.emit(&Event::Progress(outline));
        }
        Ok(())
    }

    fn rerun(&mut self, orders: &Sender<Order>) {
        let action = self.queue.changed(ChangeSet {
            is_asked: true,
            ..ChangeSet::default()
        });
        self.act(&action, orders);
    }
}
