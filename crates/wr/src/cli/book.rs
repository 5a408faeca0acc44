//! The arguments of `wr book`.

use std::ffi::OsString;

use clap::Args;
use clap_complete::engine::ArgValueCompleter;
use livebook::HostName;

use super::examples;
use crate::completion;

/// What the verb does.
pub(super) const ABOUT: &str = "\
Read the course in your browser, with your exercise's state next to the text

Opens the page of the current exercise and watches that exercise as `wr watch` does. The page follows each save: the verdict, what it \
means, hints when you ask for them, and the solution once you have solved it. If `wr watch` is already running, wr opens the book that \
it serves.

The book is served to your own browser on this machine and needs no network.";

#[derive(Debug, Args)]
#[command(after_help = examples::BOOK)]
pub(crate) struct Book {
    /// An exercise (`01_intro/01_setup`, `1/1`, `01_setup`) or its directory; by default the one you are in, or the current one
    #[arg(add = ArgValueCompleter::new(completion::targets))]
    pub(crate) target: Option<OsString>,
    /// Only print the address, and open it yourself; implies --plain
    #[arg(long)]
    pub(crate) no_browser: bool,
    /// Print lines that scroll, as into a pipe, instead of drawing a screen
    #[arg(long)]
    pub(crate) plain: bool,
    /// The port to listen on; by default the one of the last time, so that open pages connect again
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) port: Option<u16>,
    /// Also answer to this name, for a forwarded port: as the browser's address bar shows it, such as `localhost:8080`
    #[arg(long, value_name = "NAME")]
    pub(crate) host_name: Option<HostName>,
}
