//! Long sentences on a terminal: broken between words, and indented below the column that they begin in.
//!
//! A terminal by itself breaks lines in the midst of words, and at the left edge. Text that goes elsewhere, into a file or another
//! program, stays one line, which is how it is searched.

use terminal_size::{Height, Width, terminal_size_of};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// On a narrower terminal there is no room for columns.
const NARROWEST: u16 = 40;

/// The text for standard output, the first line of which begins after `indent` characters, as all others shall.
pub(super) fn wrapped(text: &str, indent: usize) -> String {
    for_size(text, indent, terminal_size_of(std::io::stdout()))
}

/// The same for standard error.
pub(super) fn wrapped_complaint(text: &str, indent: usize) -> String {
    for_size(text, indent, terminal_size_of(std::io::stderr()))
}

/// The text for a stream that is a terminal of this size, or none.
fn for_size(text: &str, indent: usize, size: Option<(Width, Height)>) -> String {
    match size {
        Some((Width(width), _)) if width >= NARROWEST => broken(text, indent, width.into()),
        _ => text.to_owned(),
    }
}

fn broken(text: &str, indent: usize, width: usize) -> String {
    let pad = " ".repeat(indent);
    let options = Options::new(width)
        .initial_indent(&pad)
        .subsequent_indent(&pad)
        .word_separator(WordSeparator::AsciiSpace)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        // A path that is longer than a line is still to be copied.
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
    fn lines_are_broken_between_words_and_stand_below_each_other() {
        assert_eq!(
            broken("one two three four", 4, 14),
            "one two\n    three four"
        );
        assert_eq!(broken("short", 4, 40), "short");
        assert_eq!(broken("", 4, 40), "");
    }

    #[test]
    fn what_is_longer_than_a_line_is_left_whole() {
        assert_eq!(
            broken("in /a/long/path/to-a/file here", 2, 12),
            "in\n  /a/long/path/to-a/file\n  here"
        );
    }
}
