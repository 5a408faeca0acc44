//! The arguments of `wr man`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::examples;

#[derive(Debug, Args)]
#[command(after_help = examples::MAN)]
pub(crate) struct Man {
    /// The command, such as `check` or `author new`; by default wr itself
    pub(crate) verb: Vec<String>,
    /// Write all pages into this directory instead, for packages
    #[arg(long, value_name = "DIR", conflicts_with = "verb", value_hint = ValueHint::DirPath)]
    pub(crate) write: Option<PathBuf>,
}
