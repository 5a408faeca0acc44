//! Serves a course's book on this machine, with the state of the current exercise next to the text.
//!
//! [`BookSource`] renders the pages with mdBook. A [`Server`] sends them to the browser, together with a panel that shows the
//! last published [`Seat`] and follows every further one. Whatever a learner asks for in the panel reaches the host as an
//! [`Action`]; the server itself changes nothing.
//!
//! The server listens on the loopback interface only. Pages and styles are the course's public text; the state, its stream and
//! the actions need a token that only the user's own browser gets. `server/guard.rs` has the rules.

mod action;
mod note;
mod page;
mod prose;
mod rendering;
mod running;
mod seat;
mod server;
mod site;
mod token;

pub use action::Action;
pub use prose::{Block, Span, parse as parse_markdown};
pub use rendering::{BookSource, Omitted, RenderError, Rendered};
pub use running::{Running, running_server};
pub use seat::{
    Entry, Evidence, File, Finding, Hints, Hunk, Mark, Moment, Notice, Output, Progress, Run, Seat,
    Side, Solution, Test, Verdict,
};
pub use server::{HostName, Options, ParseHostNameError, Server, ServerError};
