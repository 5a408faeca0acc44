//! The thread the engine works in.

use std::sync::mpsc::{Receiver, Sender};

use engine::{Cancel, Engine, Memory, Subject, Watched};

use super::Message;
use crate::error::CommandError;

/// A run to carry out.
pub(super) struct Order {
    pub(super) generation: u64,
    pub(super) cancel: Cancel,
    pub(super) memory: Memory,
    pub(super) subject: Result<Subject, CommandError>,
    pub(super) watched: Watched,
}

/// Carries out orders until there are no more.
pub(super) fn work(mut engine: Engine<'_>, orders: Receiver<Order>, tell: &Sender<Message>) {
    for order in orders {
        let Order {
            generation,
            cancel,
            memory,
            subject,
            mut watched,
        } = order;
        let mut learnt = None;
        let result = subject.map(|subject| {
            engine.remembering(memory);
            let verdict = engine.verify(&subject, &cancel, &|event| {
                // The loop is there for as long as the worker is.
                let _ = tell.send(Message::Engine { generation, event });
            });
            watched.learn(&engine, &subject);
            learnt = Some(Box::new(watched));
            verdict
        });
        let ended = Message::Ended {
            generation,
            result,
            watched: learnt,
        };
        if tell.send(ended).is_err() {
            return;
        }
    }
}
