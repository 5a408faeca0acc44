//! A page's text as lines for the screen, with what can be found in it.

use std::path::Path;

use ansi_to_tui::IntoText;
use diagnostic::SourceLocation;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::search::Search;

/// The lines of a page.
#[derive(Debug)]
pub(super) struct Document {
    /// How many cells a line has.
    width: usize,
    pub(super) lines: Vec<Line<'static>>,
    /// The line at which each finding starts.
    pub(super) starts: Vec<usize>,
    /// The line that has to be visible, in a list.
    pub(super) selected: Option<usize>,
    /// What the learner can follow with the mouse.
    pub(super) links: Vec<Link>,
}

/// Text that leads to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) line: usize,
    /// The first column, in cells.
    pub(super) column: usize,
    /// The text.
    pub(super) text: String,
    /// The file's address.
    pub(super) address: String,
}

impl Document {
    /// An empty page of this width, in cells.
    pub(super) fn new(width: usize) -> Self {
        Self {
            width: width.max(1),
            lines: Vec::new(),
            starts: Vec::new(),
            selected: None,
            links: Vec::new(),
        }
    }

    /// Adds text that may have colours in it. What others wrote in it was escaped when the text was made.
    pub(super) fn add(&mut self, text: &str) {
        if let Ok(text) = text.into_text() {
            for line in text.lines {
                self.line(line);
            }
            return;
        }
        // What the library makes of it isn't in our hands, but nothing may get lost.
        let plain = anstream::adapter::strip_str(text).to_string();
        for line in plain.lines() {
            self.line(Line::from(line.to_owned()));
        }
    }

    /// Adds a line. Whatever doesn't fit goes on below, two cells further in than the line itself.
    pub(super) fn line(&mut self, line: Line<'static>) {
        if line.width() <= self.width {
            self.lines.push(line);
        } else {
            self.lines.extend(broken(&line, self.width));
        }
    }

    /// Turns each mention of a place, from this line on, into a link to its file below `root`.
    pub(super) fn link(&mut self, place: &SourceLocation, root: &Path, from: usize) {
        let path = root.join(&place.file);
        let Some(address) = address(&path) else {
            return;
        };
        let name = place.to_string();
        for (number, line) in self.lines.iter().enumerate().skip(from) {
            let text = line.to_string();
            if let Some(at) = text.find(&name) {
                self.links.push(Link {
                    line: number,
                    column: text.get(..at).map_or(0, UnicodeWidthStr::width),
                    text: name.clone(),
                    address: address.clone(),
                });
            }
        }
    }

    /// The lines that a search finds.
    pub(super) fn matches(&self, search: &Search) -> Vec<usize> {
        if search.words.is_empty() {
            return Vec::new();
        }
        let lines = self.lines.iter().enumerate();
        lines
            .filter(|(_, line)| search.finds(&line.to_string()))
            .map(|(number, _)| number)
            .collect()
    }
}

/// A line in parts of at most this many cells, broken after a space if there's one near the end.
fn broken(line: &Line<'static>, width: usize) -> Vec<Line<'static>> {
    let text = line.to_string();
    let indent = text.len() - text.trim_start().len() + 2;
    let indent = if indent < width / 2 { indent } else { 0 };
    let letters: Vec<(char, Style)> = line
        .spans
        .iter()
        .flat_map(|span| span.content.chars().map(|letter| (letter, span.style)))
        .collect();
    let mut parts = Vec::new();
    let mut rest = letters.as_slice();
    while !rest.is_empty() {
        let before = if parts.is_empty() { 0 } else { indent };
        let fitting = fitting(rest, width - before);
        let at = if fitting == rest.len() {
            fitting
        } else {
            let space = rest[..fitting]
                .iter()
                .rposition(|(letter, _)| *letter == ' ');
            let near_the_end = space.filter(|at| *at >= fitting * 2 / 3);
            near_the_end.map_or(fitting, |at| at + 1)
        };
        let (part, left) = rest.split_at(at);
        let mut spans = vec![Span::raw(" ".repeat(before))];
        for same in part.chunk_by(|(_, one), (_, other)| one == other) {
            let text: String = same.iter().map(|(letter, _)| letter).collect();
            spans.push(Span::styled(text, same[0].1));
        }
        parts.push(Line::from(spans).style(line.style));
        rest = left;
    }
    parts
}

/// How many letters fit into this many cells, and at least one.
fn fitting(letters: &[(char, Style)], mut cells: usize) -> usize {
    let taken = letters.iter().take_while(|(letter, _)| {
        let wide = letter.width().unwrap_or(0);
        let fits = wide <= cells;
        cells = cells.saturating_sub(wide);
        fits
    });
    taken.count().max(1)
}

/// The address of a file, as terminals take it. `None` for a name that has no place in an address.
fn address(path: &Path) -> Option<String> {
    let path = path.to_str()?;
    let mut address = String::from("file://");
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' | b':' => address.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => address.push(char::from(byte)),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    Some(address)
}

/// A line with the found words highlighted.
pub(super) fn highlighted(line: &Line<'static>, search: &Search) -> Line<'static> {
    let words = search.words.to_lowercase();
    if words.is_empty() {
        return line.clone();
    }
    let mut spans = Vec::new();
    for span in &line.spans {
        let mut rest: &str = &span.content;
        // Lower case may be longer than what it's made from; then the words aren't highlighted, but still found.
        while rest.to_lowercase().len() == rest.len()
            && let Some(at) = rest.to_lowercase().find(&words)
            && let (Some(before), Some(found), Some(after)) = (
                rest.get(..at),
                rest.get(at..at + words.len()),
                rest.get(at + words.len()..),
            )
        {
            spans.push(Span::styled(before.to_owned(), span.style));
            spans.push(Span::styled(
                found.to_owned(),
                span.style.add_modifier(Modifier::REVERSED),
            ));
            rest = after;
        }
        spans.push(Span::styled(rest.to_owned(), span.style));
    }
    Line::from(spans).style(line.style)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_become_links() {
        let mut document = Document::new(80);
        document.add("é src/lib.rs:3:4 is wrong\nand src/lib.rs:3:4");
        let place = SourceLocation::column("src/lib.rs", 3, 4);
        document.link(&place, Path::new("/a b/c"), 0);
        let found: Vec<_> = document
            .links
            .iter()
            .map(|link| (link.line, link.column, &*link.address))
            .collect();
        let address = "file:///a%20b/c/src/lib.rs";
        assert_eq!(found, [(0, 2, address), (1, 4, address)]);
    }

    #[test]
    fn a_long_line_goes_on_below() {
        let mut document = Document::new(10);
        document.add("  \u{1b}[31mabcdefghij\u{1b}[0mklmn");
        document.add("日本語日本語");
        document.add("two words and");
        let lines: Vec<String> = document.lines.iter().map(Line::to_string).collect();
        let expected = [
            "  abcdefgh",
            "    ijklmn",
            "日本語日本",
            "  語",
            "two words ",
            "  and",
        ];
        assert_eq!(lines, expected);
        assert!(document.lines.iter().all(|line| line.width() <= 10));
    }

    #[test]
    fn found_words_are_highlighted_in_every_span() {
        let search = Search {
            words: "Ru".to_owned(),
            ..Search::default()
        };
        let line = Line::from(vec![
            Span::raw("rust, trust"),
            Span::raw("gr"),
            Span::raw("u"),
        ]);
        let shown = highlighted(&line, &search);
        let marked: Vec<_> = shown
            .spans
            .iter()
            .filter(|span| span.style.add_modifier.contains(Modifier::REVERSED))
            .map(|span| span.content.as_ref())
            .collect();
        assert_eq!(marked, ["ru", "ru"]);
        assert_eq!(shown.to_string(), line.to_string());
    }
}
