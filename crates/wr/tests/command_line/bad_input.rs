//! What bad input gets: an error that names file, cause and next step, a status that is not 0, and nothing lost.
#![cfg(unix)]

mod database;
mod interrupted;
mod machine;
mod manifests;
mod missing;
mod network;
mod no_space;
mod odd_paths;
mod permissions;
