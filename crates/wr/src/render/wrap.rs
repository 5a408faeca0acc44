//! Wraps long sentences for the terminal: between words, and indented to the column where they start.
//!
//! On its own, a terminal breaks lines within words and starts the next one at the left edge. Output to a file or
//! another program keeps each sentence on one line, so that it can be searched.

use terminal_size::{Width, terminal_size_of};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// A narrower terminal has no room for columns.
const NARROWEST: usize = 40;

/// Wraps text for something of this width, if it has one. The first line starts after `indent` characters, and the
/// others are indented by as many.
pub(super) fn wrapped(text: &str, indent: usize, width: Option<usize>) -> String {
    match columns(width) {
        Some(width) => broken(text, indent, width),
        None => text.to_owned(),
    }
}

/// The same for standard error as it is now.
pub(super) fn wrapped_complaint(text: &str, indent: usize) -> String {
    let size = terminal_size_of(std::io::stderr());
    wrapped(text, indent, size.map(|(Width(width), _)| width.into()))
}

/// The width that lines are broken at; `None` if they stay whole.
pub(super) fn columns(width: Option<usize>) -> Option<usize> {
    width.filter(|width| *width >= NARROWEST)
}

fn broken(text: &str, indent: usize, width: usize) -> String {
    let pad = " ".repeat(indent);
    let options = Options::new(width)
        .initial_indent(&pad)
        .subsequent_indent(&pad)
        .word_separator(WordSeparator::AsciiSpace)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        // People may want to copy a path even if it's longer than a line.
        .break_words(false)
        .word_splitter(WordSplitter::NoHyphenation);
    let filled = textwrap::fill(text, options);
    filled
        .strip_prefix(&pad)
        .map_or_else(|| filled.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::broken;

    #[test]
    fn lines_are_broken_between_words_and_aligned() {
        assert_eq!(
            broken("one two three four", 4, 14),
            "one two\n    three four"
        );
        assert_eq!(broken("short", 4, 40), "short");
        assert_eq!(broken("", 4, 40), "");
    }

    #[test]
    fn words_longer_than_a_line_are_left_whole() {
        assert_eq!(
            broken("in /a/long/path/to-a/file here", 2, 12),
            "in\n  /a/long/path/to-a/file\n  here"
        );
    }
}
