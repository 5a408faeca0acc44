//! Courses on a real disk, with a real database.

// The configured exception for tests doesn't cover functions outside test modules.
#![allow(clippy::unwrap_used)]
#![allow(
    clippy::disallowed_methods,
    reason = "the tests treat a course the way learners and other programs do"
)]

mod configuration;
mod damage;
mod finding;
mod fixture;
mod layout;
mod locking;
mod odd_names;
mod places;
mod protected;
mod recording;
mod renaming;
#[cfg(unix)]
mod unwritable;
