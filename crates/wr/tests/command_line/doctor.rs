//! `wr doctor` on machines that lack something, and on one that lacks nothing.

mod machines;
mod mending;
#[cfg(unix)]
mod rebuilds;
