//! What bad input leads to: an error that names file, cause and next step, a status other than 0, and nothing lost.
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
