//! What a person or a program sees of a watch.

mod json;
mod plain;

use course::Course;

use super::event::Event;
use super::state::State;
use crate::cli::{Format, Global};

/// One way to show a watch. It sees each event with the resulting state, and knows nothing else.
pub(crate) trait View {
    fn show(&mut self, event: &Event, state: &State);
}

/// The view that the command line asks for. `course` is where exercises are looked up.
pub(crate) fn for_format<'v>(course: Option<&'v Course>, global: &'v Global) -> Box<dyn View + 'v> {
    match global.format {
        Format::Text | Format::Junit => Box::new(plain::Plain::new(course, global)),
        Format::Json => Box::new(json::Json),
    }
}
