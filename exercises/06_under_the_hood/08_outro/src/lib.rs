//! A chat bot whose commands are plugins, written in Python.

mod api;
mod host;

pub use api::Message;
pub use host::{Failure, Host};
