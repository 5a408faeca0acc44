//! A stream of documents, each on a line: the verdicts, and what failed.

use super::View;
use crate::cli::Format;
use crate::render;
use crate::watch::event::{Ended, Event};
use crate::watch::state::State;

pub(super) struct Json;

impl View for Json {
    fn show(&mut self, event: &Event, _: &State) {
        match event {
            Event::Ended {
                result: Ended::Judged(verdict),
                ..
            } => render::watched(verdict),
            Event::Ended {
                result: Ended::Failed(error),
                ..
            }
            | Event::Failed(error) => {
                render::error(error, Format::Json);
            }
            Event::Polling { reason } => render::polling(reason),
            _ => {}
        }
    }
}
