//! A file's text as a person reads it: lines joined, comment markers and code spans removed.

use std::path::Path;

/// The words of a file, with one space between them and a line break between paragraphs.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Prose {
    text: String,
    /// For each byte of `text`, the line of the file it comes from, counted from 1.
    lines: Vec<usize>,
}

/// What a code span is read as.
const CODE: &str = "CODE";

/// What begins a line without being part of its sentence.
const MARKERS: [&str; 8] = ["///", "//!", "//", "#:", "#", ">", "*", "-"];

impl Prose {
    /// Reads a file. In Markdown, fenced blocks are code and are left out.
    pub(crate) fn read(path: &str, text: &str) -> Self {
        let is_markdown = Path::new(path).extension().is_some_and(|end| end == "md");
        let mut prose = Self {
            text: String::new(),
            lines: Vec::new(),
        };
        let mut in_fence = false;
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            let is_fence = is_markdown && (line.starts_with("```") || line.starts_with("~~~"));
            in_fence ^= is_fence;
            let line = if is_fence || in_fence {
                ""
            } else {
                without_marker(line)
            };
            // A heading, a list item and a table row are each a paragraph of their own.
            let starts_paragraph = is_markdown && line.starts_with(['|', '#']);
            if line.is_empty() || starts_paragraph {
                prose.end_paragraph(index + 1);
            }
            prose.push(&without_code(line), index + 1);
        }
        prose
    }

    /// The text to search. Underscores are spaces, so the words of a name are found, too.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The line of the file that the byte at `offset` comes from.
    pub(crate) fn line_at(&self, offset: usize) -> usize {
        self.lines.get(offset).copied().unwrap_or(1)
    }

    fn end_paragraph(&mut self, line: usize) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.append("\n", line);
        }
    }

    fn push(&mut self, line_text: &str, line: usize) {
        // A Rust string that continues on the next line ends with a backslash.
        let line_text = line_text.trim_end_matches('\\').replace('_', " ");
        for word in line_text.split_whitespace() {
            if !self.text.is_empty() && !self.text.ends_with('\n') {
                self.append(" ", line);
            }
            self.append(word, line);
        }
    }

    fn append(&mut self, text: &str, line: usize) {
        self.text.push_str(text);
        self.lines.resize(self.text.len(), line);
    }
}

fn without_marker(line: &str) -> &str {
    let is_heading = line.starts_with("# ") || line.starts_with("##");
    let marker = MARKERS.iter().find(|marker| line.starts_with(**marker));
    match marker {
        Some(marker) if !is_heading || *marker != "#" => line[marker.len()..].trim(),
        Some(_) => line.trim_start_matches('#').trim(),
        None => line,
    }
}

/// The line with a word for each code span, and without the addresses of links.
fn without_code(line: &str) -> String {
    let spans: Vec<&str> = line.split('`').collect();
    let is_paired = spans.len() % 2 == 1;
    if !is_paired {
        return without_addresses(line);
    }
    let mut kept = String::with_capacity(line.len());
    for (index, span) in spans.iter().enumerate() {
        kept.push_str(if index % 2 == 0 { span } else { CODE });
    }
    without_addresses(&kept)
}

fn without_addresses(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("](") {
        kept.push_str(before);
        kept.push(']');
        rest = after.split_once(')').map_or("", |(_, rest)| rest);
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(path: &str, text: &str) -> String {
        Prose::read(path, text).text().to_owned()
    }

    #[test]
    fn lines_of_a_comment_are_joined() {
        assert_eq!(
            text("a.rs", "/// Instead\n/// of this.\n///\n/// Next.\n"),
            "Instead of this.\nNext."
        );
        assert_eq!(text("a.py", "# Instead\n# of this.\n"), "Instead of this.");
        assert_eq!(
            text("a.rs", "\"Instead \\\n    of this\""),
            "\"Instead of this\""
        );
    }

    #[test]
    fn the_words_of_a_name_are_found() {
        assert_eq!(text("a.rs", "fn to_fix() {}"), "fn to fix() {}");
    }

    #[test]
    fn code_and_addresses_are_left_out() {
        assert_eq!(
            text(
                "a.md",
                "A `fix` [b](fix.md).\n\n```console\nfix\n```\n\nC.\n"
            ),
            "A CODE [b].\nC."
        );
        assert_eq!(text("a.md", "One ` mark"), "One ` mark");
    }

    #[test]
    fn each_word_knows_its_line() {
        let prose = Prose::read("a.rs", "//! One\n//! two\n\nfn three() {}\n");
        let line_of = |word: &str| prose.line_at(prose.text().find(word).unwrap());
        assert_eq!(line_of("One"), 1);
        assert_eq!(line_of("two"), 2);
        assert_eq!(line_of("three"), 4);
    }
}
