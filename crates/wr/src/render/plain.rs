//! What others wrote, on its way to the terminal.
//!
//! Names of files, libraries, symbols and crates come from binaries, wheels and manifests that nobody vouches for. A terminal
//! obeys the control characters in them: it clears itself, changes its title, or moves to where something else stands. So
//! all text is shown by [`say!`](crate::render::plain::say), which writes them out in the place of sending them.

use std::borrow::Cow;
use std::cell::RefCell;

/// The sequences that `style`'s colours are made of, which are the only ones that pass.
const OWN: [&str; 7] = [
    "\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[36m",
];

/// The text with every control character written out, such as `\u{7}`; also those that turn the direction of writing.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(is_control) else {
        return Cow::Borrowed(text);
    };
    let (harmless, mut rest) = text.split_at(first);
    let mut shown = String::with_capacity(text.len() + 16);
    shown.push_str(harmless);
    while let Some(next) = rest.chars().next() {
        if let Some(own) = OWN.iter().find(|own| rest.starts_with(**own)) {
            shown.push_str(own);
            rest = rest.get(own.len()..).unwrap_or_default();
            continue;
        }
        if is_control(next) {
            shown.extend(next.escape_unicode());
        } else {
            shown.push(next);
        }
        rest = rest.get(next.len_utf8()..).unwrap_or_default();
    }
    Cow::Owned(shown)
}

fn is_control(letter: char) -> bool {
    let turns_direction = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns_direction || (letter.is_control() && !matches!(letter, '\n' | '\t'))
}

thread_local! {
    /// What was to be shown and is held back.
    static HELD: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What something would show, held back to be counted first.
pub(super) fn held(shown: impl FnOnce()) -> String {
    let outer = HELD.replace(Some(String::new()));
    shown();
    HELD.replace(outer).unwrap_or_default()
}

/// Shows what was held back.
pub(super) fn show(text: &str) {
    HELD.with_borrow_mut(|held| match held {
        Some(held) => held.push_str(text),
        None => anstream::print!("{text}"),
    });
}

/// Shows a line.
pub(super) fn line(text: &str) {
    let mut text = plain(text).into_owned();
    text.push('\n');
    show(&text);
}

/// Prints a line to standard output.
macro_rules! say {
    () => { $crate::render::plain::line("") };
    ($($words:tt)*) => { $crate::render::plain::line(&format!($($words)*)) };
}

/// Prints a line to standard error.
macro_rules! complain {
    ($($words:tt)*) => {
        anstream::eprintln!("{}", $crate::render::plain::plain(&format!($($words)*)))
    };
}

pub(super) use {complain, say};

#[cfg(test)]
mod tests {
    use super::plain;
    use crate::render::style::{BAD, BOLD, DIM, GOOD, PLACE, WARN};

    #[test]
    fn what_a_terminal_would_obey_is_written_out() {
        assert_eq!(plain("\x1b]0;pwn\x07"), r"\u{1b}]0;pwn\u{7}");
        assert_eq!(plain("a\x1b[2Jb\rc"), r"a\u{1b}[2Jb\u{d}c");
        assert_eq!(plain("\u{9b}2J \u{202e}gnp"), r"\u{9b}2J \u{202e}gnp");
    }

    #[test]
    fn words_and_colours_pass() {
        for style in [BOLD, DIM, GOOD, BAD, WARN, PLACE] {
            let text = format!("{style}ünï\tcödé{style:#}\nnext");
            assert_eq!(plain(&text), text);
        }
    }
}
