//! The arguments of `wr watch`.

use clap::Args;

use super::{Target, examples};

#[derive(Debug, Args)]
#[command(after_help = examples::WATCH)]
pub(crate) struct Watch {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Print lines that scroll, as into a pipe, instead of drawing a screen
    #[arg(long)]
    pub(crate) plain: bool,
}
