//! From targets to reports: what `wr inspect` looks at, and what it finds there. `render` shows the result.
//!
//! Every target is treated as hostile. Nothing is loaded or run; anything that isn't a regular file (a pipe, a device)
//! is refused before it's opened; searching a directory doesn't follow links; and the size that a file claims is never
//! trusted.

mod binaries;
mod binary;
mod bytes;
mod candidates;
mod directory;
mod disk;
mod environment;
mod expected;
mod installed;
mod job;
pub(crate) mod loads;
mod needed;
mod place;
mod program;
mod project;
mod promise;
mod report;
mod select;
mod target;

pub(crate) use environment::Surroundings;
pub(crate) use job::Job;
pub(crate) use promise::Promise;
pub(crate) use report::{Binary, Installed, InstalledAs, Report, Trouble, What};
pub(crate) use select::Selection;
pub(crate) use target::{Layout, Target};
