//! The arguments of `wr reset`.

use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::examples;
use crate::completion;

#[derive(Debug, Args)]
#[command(after_help = examples::RESET)]
pub(crate) struct Reset {
    /// An exercise (`01_intro/01_setup`, `1/1`, `01_setup`) or a chapter (`01_intro`, `1`); by default the exercise you
    /// are in, or the current one
    #[arg(conflicts_with_all = ["all", "undo", "list"], add = ArgValueCompleter::new(completion::parts))]
    pub(crate) target: Option<String>,
    /// Restore every exercise of the course
    #[arg(long, conflicts_with_all = ["undo", "list"])]
    pub(crate) all: bool,
    /// Where the original files are: a commit, tag or branch
    ///
    /// By default, wr takes the newest commit that you share with the repository you cloned, otherwise your last commit.
    #[arg(long, value_name = "REVISION", conflicts_with_all = ["undo", "list"])]
    pub(crate) from: Option<String>,
    /// Bring back the files that the last reset replaced, or those of backup N
    ///
    /// This can be undone too: run it again.
    // Without a value it's the last one, which 0 stands for.
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "0", conflicts_with = "list")]
    pub(crate) undo: Option<u32>,
    /// Show the backups
    #[arg(long)]
    pub(crate) list: bool,
    /// Don't ask before restoring more than one exercise
    #[arg(long, short)]
    pub(crate) yes: bool,
}
