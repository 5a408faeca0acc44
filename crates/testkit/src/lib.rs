//! Test fixtures: courses and projects on disk, with `wr` run on them from the outside, the way a person runs it.
//!
//! A test starts with [`workshop!`], which gives it a directory with everything it needs. Nothing here knows `wr`'s
//! code: tests that use this crate test the program.
#![allow(
    clippy::missing_panics_doc,
    reason = "a fixture that cannot be made is a failed test"
)]

pub mod corpus;
mod environment;
mod exercise;
mod extension;
mod invocation;
mod lock_file;
mod outcome;
mod programs;
mod project;
mod stream;
mod survivors;
#[cfg(unix)]
mod terminal;
mod workshop;

pub use exercise::verification;
pub use extension::Extension;
pub use invocation::{Invocation, Running};
pub use outcome::Outcome;
pub use programs::python;
pub use project::Project;
#[cfg(unix)]
pub use terminal::Terminal;
pub use workshop::Workshop;

/// A workshop with this name, for integration tests of the crate that builds `wr`. Names are unique among all tests.
#[macro_export]
macro_rules! workshop {
    ($name:expr) => {
        $crate::Workshop::new(
            $name,
            ::std::path::Path::new(env!("CARGO_BIN_EXE_wr")),
            ::std::path::Path::new(env!("CARGO_TARGET_TMPDIR")),
        )
    };
}
