//! What others wrote, on its way to the terminal.
//!
//! Names of files, libraries, symbols and crates come from binaries, wheels and manifests that nobody vouches for. A terminal
//! obeys the control characters in them: it clears itself, changes its title, or moves to where something else stands. So
//! all text is shown by [`say!`](crate::render::plain::say), which writes them out in the place of sending them.

use std::borrow::Cow;
use std::cell::RefCell;

use super::output;

/// The sequences that `style`'s colours are made of, which are the only ones that pass.
const OWN: [&str; 7] = [
    "\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[36m",
];

/// No longer name is shown whole, in characters.
const LONGEST_NAME: usize = 200;

/// The same for a sentence, or a list of names.
const LONGEST_SENTENCE: usize = 4000;

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
    let separates_lines = matches!(letter, '\u{2028}' | '\u{2029}');
    turns_direction || separates_lines || (letter.is_control() && !matches!(letter, '\n' | '\t'))
}

/// A name that others chose, as part of a line: with what would end the line written out, or it could forge one of ours.
/// A name that nobody would read to its end is cut in the middle.
pub(super) fn name(text: &str) -> Cow<'_, str> {
    on_one_line(text, LONGEST_NAME)
}

/// A sentence of ours with names in it, as part of a line, in the same way.
pub(super) fn sentence(text: &str) -> Cow<'_, str> {
    on_one_line(text, LONGEST_SENTENCE)
}

fn on_one_line(text: &str, most: usize) -> Cow<'_, str> {
    if !text.contains(['\n', '\t']) {
        return shortened(text, most);
    }
    let written = text.replace('\n', r"\u{a}").replace('\t', r"\u{9}");
    Cow::Owned(shortened(&written, most).into_owned())
}

/// A text of at most so many characters, without its middle where it is longer, and without the middle of words that are
/// longer than a name may be.
fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    // Bytes are counted sooner than characters, and there are no fewer of them.
    if text.len() <= most.min(LONGEST_NAME) {
        return Cow::Borrowed(text);
    }
    let words: Vec<Cow<'_, str>> = text
        .split(' ')
        .map(|word| without_middle(word, LONGEST_NAME))
        .collect();
    Cow::Owned(without_middle(&words.join(" "), most).into_owned())
}

fn without_middle(text: &str, most: usize) -> Cow<'_, str> {
    let excess = text.chars().count().saturating_sub(most);
    if excess == 0 {
        return Cow::Borrowed(text);
    }
    let kept = most / 2;
    let head: String = text.chars().take(kept).collect();
    let tail: String = text.chars().skip(kept + excess + 1).collect();
    Cow::Owned(format!("{head}…{tail}"))
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
        None => output::write(text),
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
    use super::{LONGEST_NAME, name, plain, sentence};
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

    #[test]
    fn a_name_stays_on_its_line() {
        assert_eq!(name("a\n  nothing wrong"), r"a\u{a}  nothing wrong");
        assert_eq!(name("a\tb"), r"a\u{9}b");
        assert_eq!(
            plain("a\u{2028}b\u{2029}c\u{85}d\x0be"),
            r"a\u{2028}b\u{2029}c\u{85}d\u{b}e"
        );
    }

    #[test]
    fn a_very_long_name_is_cut_in_the_middle() {
        let long = format!("a{}z", "é".repeat(5000));
        let cut = name(&long);
        assert_eq!(cut.chars().count(), LONGEST_NAME);
        assert!(cut.starts_with("aé") && cut.ends_with("éz") && cut.contains('…'));
        let told = format!("`{long}` is in the wheel");
        let told = sentence(&told);
        assert!(
            told.ends_with("is in the wheel") && told.chars().count() < 250,
            "{told}"
        );
        let many = vec!["name"; 200].join(", ");
        assert_eq!(sentence(&many), many);
        assert_eq!(name(&long[..201]), long[..201]);
    }
}
