//! `wr doctor` on machines that lack something, and on one that lacks nothing.

mod fixing;
mod machines;
#[cfg(unix)]
mod rebuilds;
