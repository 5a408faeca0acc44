//! Courses on a real disk, with a real database.

// The configured exception for tests does not reach functions outside of test modules.
#![allow(clippy::unwrap_used)]

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
