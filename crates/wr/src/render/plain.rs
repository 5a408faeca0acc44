//! Makes text from other sources safe for the terminal.
//!
//! Names of files, libraries, symbols and crates come from untrusted binaries, wheels and manifests. A terminal obeys
//! the control characters in them: it clears the screen, changes the title, or moves the cursor over other text. So all
//! output goes through [`say!`](crate::render::text::say), which escapes them.

use std::borrow::Cow;

use super::style::{MARK, mark};

/// Longer names are shortened, in characters.
const LONGEST_NAME: usize = 200;

/// The same for a sentence or a list of names.
const LONGEST_SENTENCE: usize = 4000;

/// Escapes every control character, such as `\u{7}`, including those that change the direction of writing. The only
/// terminal sequences that come out are those for our own styles.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(is_control) else {
        return Cow::Borrowed(text);
    };
    let (harmless, mut rest) = text.split_at(first);
    let mut shown = String::with_capacity(text.len() + 16);
    shown.push_str(harmless);
    while let Some(next) = rest.chars().next() {
        if next == MARK
            && let Some((sequence, after)) = mark(rest)
        {
            shown.push_str(&sequence);
            rest = after;
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
    let turns_direction = matches!(
        letter,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    let separates_lines = matches!(letter, '\u{2028}' | '\u{2029}');
    turns_direction
        || separates_lines
        || letter == MARK
        || (letter.is_control() && !matches!(letter, '\n' | '\t'))
}

/// Whether a character has no width, so that names with it and without it look the same.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{34f}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200d}'
            | '\u{2060}'..='\u{2065}'
            | '\u{206a}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// A name that others chose, as part of a line. Line breaks are escaped, or the name could forge a line of `wr`'s output. A name
/// too long to read is cut in the middle.
pub(super) fn name(text: &str) -> Cow<'_, str> {
    on_one_line(text, LONGEST_NAME)
}

/// One of `wr`'s own sentences with such names in it, as part of a line, treated the same way.
pub(super) fn sentence(text: &str) -> Cow<'_, str> {
    on_one_line(text, LONGEST_SENTENCE)
}

fn on_one_line(text: &str, most: usize) -> Cow<'_, str> {
    let is_written_out = |letter: char| matches!(letter, '\n' | '\t') || is_invisible(letter);
    if !text.contains(is_written_out) {
        return shortened(text, most);
    }
    let mut written = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if is_written_out(letter) {
            written.extend(letter.escape_unicode());
        } else {
            written.push(letter);
        }
    }
    Cow::Owned(shortened(&written, most).into_owned())
}

/// A string of at most this many characters: the middle is cut if it's longer, and so is the middle of each word longer
/// than a name may be.
fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    // Counting bytes is faster, and there are never fewer bytes than characters.
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

/// Prints a line to standard error.
macro_rules! complain {
    ($($words:tt)*) => {
        anstream::eprintln!("{}", $crate::render::plain::plain(&format!($($words)*)))
    };
}

pub(super) use complain;

#[cfg(test)]
mod tests {
    use super::{LONGEST_NAME, name, plain, sentence};
    use crate::render::style::{BAD, BOLD, DIM, GOOD, HELP, PLACE, WARN};

    #[test]
    fn what_a_terminal_would_obey_is_escaped() {
        assert_eq!(plain("\x1b]0;pwn\x07"), r"\u{1b}]0;pwn\u{7}");
        assert_eq!(plain("a\x1b[2Jb\rc"), r"a\u{1b}[2Jb\u{d}c");
        assert_eq!(plain("\u{9b}2J \u{202e}gnp"), r"\u{9b}2J \u{202e}gnp");
    }

    #[test]
    fn words_and_colours_pass() {
        let styles = [
            (BOLD, "\x1b[1m"),
            (HELP, "\x1b[1m\x1b[36m"),
            (DIM, "\x1b[2m"),
            (GOOD, "\x1b[1m\x1b[32m"),
            (BAD, "\x1b[1m\x1b[31m"),
            (WARN, "\x1b[1m\x1b[33m"),
            (PLACE, "\x1b[36m"),
        ];
        for (style, sequence) in styles {
            let text = format!("{style}ünï\tcödé{style:#}\nnext");
            assert_eq!(plain(&text), format!("{sequence}ünï\tcödé\x1b[0m\nnext"));
        }
    }

    #[test]
    fn foreign_text_never_becomes_one_of_our_colours() {
        for code in ["[0m", "[1m", "[2m", "[31m", "[32m"] {
            assert_eq!(
                plain(&format!("a\x1b{code}b")),
                format!(r"a\u{{1b}}{code}b")
            );
        }
        // Nor is anything that looks like a mark.
        assert_eq!(plain("\u{10ffff}b"), r"\u{10ffff}b");
    }

    #[test]
    fn invisible_characters_in_a_name_are_escaped() {
        assert_eq!(
            name("a\u{200b}b\u{feff}\u{ad}"),
            r"a\u{200b}b\u{feff}\u{ad}"
        );
        assert_eq!(name("a\u{e0041}"), r"a\u{e0041}");
        assert_eq!(plain("a\u{200e}\u{61c}b"), r"a\u{200e}\u{61c}b");
        assert_eq!(name("naïve 日本語"), "naïve 日本語");
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
        let shown_sentence = format!("`{long}` is in the wheel");
        let shown_sentence = sentence(&shown_sentence);
        assert!(
            shown_sentence.ends_with("is in the wheel") && shown_sentence.chars().count() < 250,
            "{shown_sentence}"
        );
        let many = vec!["name"; 200].join(", ");
        assert_eq!(sentence(&many), many);
        assert_eq!(name(&long[..201]), long[..201]);
    }
}
