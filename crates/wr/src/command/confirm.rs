//! Yes-or-no questions.

use std::io::{IsTerminal, Write};

use crate::cli::{Format, Global};
use crate::error::CommandError;
use crate::interrupt;

/// What Enter means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Default {
    Yes,
    No,
}

/// Whether somebody is there to answer.
pub(super) fn can_ask(global: &Global) -> bool {
    global.format == Format::Text
        && std::io::stdin().is_terminal()
        && std::io::stdout().is_terminal()
}

/// Asks a yes-or-no question. End of input means no.
pub(super) fn confirm(question: &str, default: Default) -> Result<bool, CommandError> {
    let failed = |error| CommandError::new(format!("cannot read the answer: {error}"));
    let choices = match default {
        Default::Yes => "[Y/n]",
        Default::No => "[y/N]",
    };
    for _ in 0..3 {
        anstream::print!("{question} {choices} ");
        std::io::stdout().flush().map_err(failed)?;
        let mut line = String::new();
        let read = interrupt::while_waiting(|| std::io::stdin().read_line(&mut line));
        if read.map_err(failed)? == 0 {
            anstream::println!();
            return Ok(false);
        }
        match line.trim().to_lowercase().as_str() {
            "" => return Ok(default == Default::Yes),
            "y" | "yes" => return Ok(true),
            "n" | "no" | "q" => return Ok(false),
            _ => anstream::println!("Please answer y or n."),
        }
    }
    Ok(false)
}
