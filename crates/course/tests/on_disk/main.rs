//! Courses on a real disk, with a real database.

// The configured exception for tests does not reach functions outside of test modules.
#![allow(clippy::unwrap_used)]
#![allow(
    clippy::disallowed_methods,
    reason = "the tests do to a course what learners and other programs do to it"
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
