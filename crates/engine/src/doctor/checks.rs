//! The checks, one file each.

mod architecture;
mod commands;
mod disk;
mod environment;
mod exercises;
mod git;
mod index;
mod libpython;
mod linker;
mod pip;
mod progress;
mod python;
mod rust;
mod state;
mod target;
mod uv;
mod variables;
mod venv;

use super::Check;

/// Every check, in the order in which they are shown.
pub const CHECKS: &[Check] = &[
    rust::CHECK,
    linker::CHECK,
    python::CHECK,
    libpython::CHECK,
    architecture::CHECK,
    venv::CHECK,
    uv::CHECK,
    pip::CHECK,
    git::CHECK,
    variables::CHECK,
    environment::CHECK,
    state::CHECK,
    target::CHECK,
    disk::CHECK,
    index::CHECK,
    commands::CHECK,
    exercises::CHECK,
    progress::CHECK,
];
