//! The arguments of `wr hint`.

use std::num::NonZeroU8;

use clap::Args;

use super::examples;

#[derive(Debug, Args)]
#[command(after_help = examples::HINT)]
pub(crate) struct Hint {
    /// Which hint to show; by default the next one. Later hints say more
    pub(crate) number: Option<NonZeroU8>,
}
