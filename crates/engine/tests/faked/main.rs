//! The engine's rules for order, cancellation, crashes, time limits and memory, in a world without cargo and Python.

mod bench;
mod cancelled;
mod cargo;
mod commands;
mod crashed;
mod doctor;
mod grounds;
mod harness_life;
mod installed;
mod interpreters;
mod machine;
mod order;
mod python;
mod remembered;
mod rust_tests;
mod time_limit;
mod together;
mod world;
