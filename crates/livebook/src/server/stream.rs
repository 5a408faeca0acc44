//! The stream of states: one JSON document a line, the newest state first, then every further one, and a sign of life in
//! between.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame};
use serde::Serialize;
use tokio::sync::{mpsc, watch};

use super::shelf::Shelf;
use crate::seat::{Moment, Seat};

/// How often to send a sign of life. A page that hasn't seen one for a few times as long knows that it's disconnected.
const BEAT: Duration = Duration::from_secs(3);

/// What was published last.
#[derive(Debug, Clone, Default)]
pub(super) struct Published {
    pub(super) seat: Option<Arc<Seat>>,
}

impl Published {
    pub(super) fn new(seat: Seat) -> Self {
        Self {
            seat: Some(Arc::new(seat)),
        }
    }
}

/// A line of the stream.
#[derive(Debug, Serialize)]
struct Line<'l> {
    /// The server's clock, to tell ages by.
    now: Moment,
    /// The state, if it's new.
    #[serde(skip_serializing_if = "Option::is_none")]
    seat: Option<&'l Seat>,
    /// A remark about the book itself.
    remark: Option<String>,
}

/// The stream as the body of a response. When the client goes away, it's dropped, and the task that feeds it ends.
pub(super) struct States {
    lines: mpsc::Receiver<Bytes>,
}

impl States {
    /// A stream that begins with the current state.
    pub(super) fn begin(mut states: watch::Receiver<Published>, shelf: Arc<Shelf>) -> Self {
        // One line may wait: a client that is slow gets the newest state next, not all of them.
        let (sender, lines) = mpsc::channel(1);
        tokio::spawn(async move {
            states.mark_changed();
            loop {
                let seat = tokio::select! {
                    changed = states.changed() => match changed {
                        Ok(()) => states.borrow_and_update().seat.clone(),
                        Err(_) => return,
                    },
                    () = tokio::time::sleep(BEAT) => None,
                    () = sender.closed() => return,
                };
                let line = Line {
                    now: Moment::now(),
                    seat: seat.as_deref(),
                    remark: shelf.remark(),
                };
                let Ok(mut json) = serde_json::to_vec(&line) else {
                    return;
                };
                json.push(b'\n');
                if sender.send(Bytes::from(json)).await.is_err() {
                    return;
                }
            }
        });
        Self { lines }
    }
}

impl Body for States {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.lines
            .poll_recv(context)
            .map(|line| line.map(|line| Ok(Frame::data(line))))
    }
}
