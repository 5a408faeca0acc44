//! `wr`, a workshop runner for Python extension modules written in Rust.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::exit,
    reason = "this crate is the user interface"
)]

mod apart;
mod browser;
mod cli;
mod command;
mod comparison;
mod completion;
mod editor;
mod environment;
mod error;
mod exit;
mod hints;
mod inspect;
mod interrupt;
mod manual;
mod outline;
mod progress;
mod render;
mod reset;
mod rules;
mod scaffold;
mod session;
mod solution;
mod state_dir;
mod supervisor;
mod terminal_mode;
mod voice;
mod watch;

use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(supervised) = engine::Supervised::from_args(std::env::args_os().skip(1)) {
        return supervisor::run(&supervised);
    }
    if let Some(answered) = completion::answer() {
        return answered;
    }
    let cli = cli::parse();
    let format = cli.global.format;
    command::run(cli).unwrap_or_else(|error| render::error(&error, format))
}
