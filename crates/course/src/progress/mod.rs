//! The learner's progress: which exercises were opened, which are solved, which is the current one.
//!
//! It is kept in an SQLite database that another tool reads and writes too. The other tool's table is never changed in
//! shape; what only this tool knows stands in a table of its own.

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
