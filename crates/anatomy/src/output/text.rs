//! Output as rules read it: lines without colour codes.

use std::borrow::Cow;

use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

/// Longer lines are truncated: a linker's command line can fill screens.
const SHOWN: usize = 400;

/// The printed output, line by line.
pub(crate) struct Output<'text> {
    lines: Vec<Cow<'text, str>>,
    speaker: &'text str,
}

impl<'text> Output<'text> {
    pub(super) fn new(text: &'text str, speaker: &'text str) -> Self {
        Self {
            lines: text.lines().map(without_colours).collect(),
            speaker,
        }
    }

    pub(crate) fn lines(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.lines.iter().map(AsRef::as_ref)
    }

    /// The first line that contains all of these parts, in any order.
    pub(crate) fn line_with(&self, parts: &[&str]) -> Option<&str> {
        self.lines()
            .find(|line| parts.iter().all(|part| line.contains(part)))
    }

    /// The first line with something between two markers, and what that is.
    pub(crate) fn between(&self, before: &str, after: &str) -> Option<(&str, &str)> {
        self.lines()
            .find_map(|line| Some((line, between(line, before, after)?)))
    }

    /// The first line with this marker, and what follows the marker.
    pub(crate) fn rest(&self, mark: &str) -> Option<(&str, &str)> {
        self.lines()
            .find_map(|line| Some((line, line.split_once(mark)?.1.trim())))
    }

    /// The line after the first one that equals `line`.
    pub(crate) fn after(&self, line: &str) -> Option<&str> {
        let mut lines = self.lines().skip_while(|candidate| *candidate != line);
        lines.next()?;
        lines.next()
    }

    /// A finding with a line as its evidence.
    pub(crate) fn finding(
        &self,
        rule: &Rule,
        line: &str,
        message: impl Into<String>,
    ) -> Diagnostic {
        rule.finding(message).because(self.evidence(line))
    }

    pub(crate) fn evidence(&self, line: &str) -> Evidence {
        let line = line.trim();
        let end = (0..=SHOWN.min(line.len()))
            .rev()
            .find(|end| line.is_char_boundary(*end))
            .unwrap_or(0);
        let shown = line.get(..end).unwrap_or_default();
        let dots = if shown.len() < line.len() { " …" } else { "" };
        Evidence::output(self.speaker, format!("{shown}{dots}"))
    }

    /// The parameter that PyO3 was converting: `argument 'x': …`, or, since 0.29, a note below the message.
    pub(crate) fn parameter(&self, line: &str) -> Option<String> {
        between(line, "argument '", "'")
            .or_else(|| between(self.after(line)?, "while processing '", "'"))
            .map(str::to_owned)
    }
}

/// The text between the first occurrence of `before` and the next one of `after`.
pub(crate) fn between<'line>(line: &'line str, before: &str, after: &str) -> Option<&'line str> {
    let (_, rest) = line.split_once(before)?;
    let (found, _) = rest.split_once(after)?;
    (!found.is_empty()).then_some(found)
}

/// A location as Rust prints it: `src/lib.rs:12:5`, possibly followed by a colon.
pub(crate) fn rust_location(text: &str) -> Option<SourceLocation> {
    let mut parts = text.trim().trim_end_matches(':').rsplitn(3, ':');
    let column = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some(SourceLocation::column(parts.next()?, line, column))
}

/// Removes terminal colour codes: escape, `[`, and everything up to a letter.
fn without_colours(line: &str) -> Cow<'_, str> {
    if !line.contains('\u{1b}') {
        return Cow::Borrowed(line);
    }
    let mut plain = String::with_capacity(line.len());
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '\u{1b}' {
            plain.push(character);
        } else if characters.next_if_eq(&'[').is_some() {
            for part in characters.by_ref() {
                if part.is_ascii_alphabetic() {
                    break;
                }
            }
        }
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_removed() {
        let output = Output::new(
            "\u{1b}[1m\u{1b}[31merror\u{1b}[0m: linker `cc` not found",
            "cargo",
        );
        assert_eq!(output.between("linker `", "` not found").unwrap().1, "cc");
        assert_eq!(output.lines().next(), Some("error: linker `cc` not found"));
    }

    #[test]
    fn rust_locations_are_parsed() {
        let place = rust_location("src/lib.rs:12:5:").unwrap();
        assert_eq!(place, SourceLocation::column("src/lib.rs", 12, 5));
        assert_eq!(
            rust_location("C:\\x\\lib.rs:1:2").unwrap().file,
            "C:\\x\\lib.rs"
        );
        assert_eq!(rust_location("nothing"), None);
    }
}
