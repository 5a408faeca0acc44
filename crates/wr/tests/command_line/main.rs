//! `wr` as a person uses it: the program, real courses and projects on disk, real cargo and real Python.
//!
//! The first test that needs Python creates the virtual environment, and the first that needs PyO3 compiles it. Both
//! download packages unless they are cached. The other tests then share them.

// The configured exception for tests doesn't cover functions outside test modules.
#![allow(clippy::unwrap_used)]

mod author;
mod bad_input;
#[cfg(unix)]
mod book;
mod completions;
mod contract;
mod doctor;
mod inspect;
mod junit;
mod many;
mod memory;
mod new;
mod project;
#[cfg(unix)]
mod remembered_model;
mod reset;
mod run;
mod seat;
mod shapes;
mod snapshots;
#[cfg(unix)]
mod stale;
mod states;
mod verdicts;
#[cfg(unix)]
mod watch;
