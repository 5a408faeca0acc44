//! Programs that the repository's checks use and that aren't part of it.
//!
//! As libraries they would be compiled into `xtask`, and so by everyone who runs `cargo test`. As programs they are installed once
//! on a machine, below `target/tools`, and only when a check needs them.

mod cargo;
mod python;

pub(crate) use cargo::{CARGO_DENY, MDBOOK};
pub(crate) use python::{with_packages, with_requirements};
