//! The arguments of `wr completions`.

use clap::Args;

use super::examples;
use crate::completion::Shell;

#[derive(Debug, Args)]
#[command(after_help = examples::COMPLETIONS)]
pub(crate) struct Completions {
    /// The shell that the script is for
    pub(crate) shell: Shell,
}
