//! From targets to reports: what `wr inspect` looks at, and what it finds there. How that is shown is `render`'s affair.
//!
//! Every target is hostile until read. Nothing is loaded or run; files that are no files (pipes, devices) are refused
//! before they are opened; links are not followed while a directory is searched; and what a file claims of its size is
//! never believed.

mod binary;
mod bytes;
mod candidates;
mod directory;
mod distribution;
mod editable;
mod environment;
mod expected;
mod installed;
mod job;
mod module_search;
mod needed;
mod owners;
mod place;
mod program;
mod project;
mod promise;
mod pth;
mod report;
mod select;
mod target;

pub(crate) use environment::Surroundings;
pub(crate) use job::Job;
pub(crate) use promise::Promise;
pub(crate) use report::{Binary, Installed, InstalledAs, Report, Trouble, What};
pub(crate) use select::Selection;
pub(crate) use target::{Layout, Target};
