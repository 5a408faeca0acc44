//! `wr` as a person meets it: the program, real courses and projects on disk, real cargo and real Python.
//!
//! The first test that needs Python makes the virtual environment, and the first that needs PyO3 compiles it; both take
//! packages from the network unless they are cached. The other tests then share them.

// The configured exception for tests does not reach functions outside of test modules.
#![allow(clippy::unwrap_used)]

mod author;
mod bad_input;
mod contract;
mod doctor;
mod inspect;
mod many;
mod memory;
mod project;
#[cfg(unix)]
mod remembered_model;
mod shapes;
mod snapshots;
#[cfg(unix)]
mod stale;
mod states;
mod verdicts;
#[cfg(unix)]
mod watch;
