//! The learner's progress: which exercises are opened, which are solved, and which is the current one.
//!
//! It's stored in an SQLite database that another tool reads and writes too. The shape of the other tool's table never
//! changes; anything that only this tool knows goes into tables of its own.

mod copy;
mod damage;
mod error;
mod health;
mod keep;
mod notice;
mod open;
mod record;
mod rename;
mod schema;
mod without_manifest;

pub use error::ProgressError;
pub use health::examine_progress;
pub use notice::Notice;
pub use record::{Opened, Progress, Vanished};
