//! What a person or a program sees of a watch.

pub(super) mod book;
mod json;
mod plain;
mod screen;

use std::io::IsTerminal;

use course::Course;
use crossterm::event::KeyEvent;

use super::ask::Ask;
use super::event::Event;
use super::state::State;
use crate::cli::{Format, Global};

/// One way to show a watch. It sees each event with the resulting state, and knows nothing else.
pub(crate) trait View {
    /// Shows what happened.
    fn show(&mut self, event: &Event, state: &State);

    /// Takes a key, and returns what only the watch can do about it.
    fn key(&mut self, _: KeyEvent, _: &State) -> Option<Ask> {
        None
    }

    /// A moment passed while something was running.
    fn tick(&mut self, _: &State) {}

    /// Shows everything again: the terminal has another size, or was given away in the meantime.
    fn redraw(&mut self, _: &State) {}

    /// Gives the terminal away, until it's redrawn.
    fn leave(&mut self) {}
}

/// The terminal's view, as the command line asks for it. `course` is where exercises are looked up.
pub(crate) fn for_terminal<'v>(
    course: Option<&'v Course>,
    is_plain: bool,
    global: &'v Global,
) -> Box<dyn View + 'v> {
    match global.format {
        Format::Json => Box::new(json::Json),
        // Without a screen, lines do as well.
        Format::Text
            if !is_plain
                && can_draw()
                && let Ok(screen) = screen::Screen::enter(course) =>
        {
            Box::new(screen)
        }
        Format::Text | Format::Junit => Box::new(plain::Plain::new(course, global)),
    }
}

/// Whether a person sits in front of a terminal that can show a screen. What is logged would land on it.
fn can_draw() -> bool {
    std::io::stdout().is_terminal()
        && std::io::stdin().is_terminal()
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        && std::env::var_os("WR_LOG").is_none()
        // A serial line may not know its size.
        && crossterm::terminal::size().is_ok_and(|(columns, rows)| columns > 0 && rows > 0)
}
