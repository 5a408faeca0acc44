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
    match width {
        Some(width) if width >= NARROWEST => broken(text, indent, width),
        _ => text.to_owned(),
    }
}

/// The same for standard error as it is now.
pub(super) fn wrapped_complaint(text: &str, indent: usize) -> String {
    let size = terminal_size_of(std::io::stderr());
    wrapped(text, indent, size.map(|(Width(width), _)| width.into()))
}

/// Reflows the paragraphs and list items of Markdown to this width, whatever width they were written in. Code, tables and
/// headings stay as they are.
pub(super) fn reflowed(markdown: &str, width: Option<usize>) -> String {
    match width {
        Some(width) if width >= NARROWEST => filled(markdown, width),
        _ => markdown.to_owned(),
    }
}

fn filled(markdown: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    // The paragraph being collected, and the indent of its lines.
    let mut open: Option<(String, usize)> = None;
    let mut in_code = false;
    let close = |open: &mut Option<(String, usize)>, lines: &mut Vec<String>| {
        lines.extend(open.take().map(|(text, indent)| {
            let (mark, text) = text.split_at(indent);
            format!("{mark}{}", broken(text, indent, width))
        }));
    };
    for line in markdown.lines() {
        let text = line.trim();
        let is_fence = text.starts_with("```");
        let stands_alone = in_code
            || is_fence
            || text.is_empty()
            || text.starts_with(['#', '|', '>'])
            || (open.is_none() && line.starts_with("    "));
        in_code ^= is_fence;
        if stands_alone {
            close(&mut open, &mut lines);
            lines.push(line.to_owned());
        } else if let Some(indent) = item(line) {
            close(&mut open, &mut lines);
            open = Some((line.trim_end().to_owned(), indent));
        } else if let Some((paragraph, _)) = &mut open {
            paragraph.push(' ');
            paragraph.push_str(text);
        } else {
            open = Some((text.to_owned(), 0));
        }
    }
    close(&mut open, &mut lines);
    lines.join("\n")
}

/// Where the text of a list item starts, in characters; nothing if the line isn't a list item.
fn item(line: &str) -> Option<usize> {
    let text = line.trim_start();
    let number = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let mark = if text.starts_with("- ") || text.starts_with("* ") {
        2
    } else if number.len() < text.len() && number.starts_with(". ") {
        text.len() - number.len() + 2
    } else {
        return None;
    };
    Some(line.len() - text.len() + mark)
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
    use super::{broken, filled};

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
    fn paragraphs_and_items_are_reflowed() {
        let markdown = "one two three\nfour five\n\n- six seven eight\n  nine\n10. ten eleven\n\n```rust\nlet a = 1; // twelve\n```\n";
        let expected = "one two three four\nfive\n\n- six seven eight\n  nine\n10. ten eleven\n\n```rust\nlet a = 1; // twelve\n```";
        assert_eq!(filled(markdown, 18), expected);
    }

    #[test]
    fn words_longer_than_a_line_are_left_whole() {
        assert_eq!(
            broken("in /a/long/path/to-a/file here", 2, 12),
            "in\n  /a/long/path/to-a/file\n  here"
        );
    }
}
