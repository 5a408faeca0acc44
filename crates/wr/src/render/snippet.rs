//! A place in a source file with the line that is there, as compilers show it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use diagnostic::SourceLocation;

use super::style::{BAD, DIM, PLACE};
use crate::render::text::{Text, say};

/// Larger files aren't sources that anybody wrote.
const MOST_BYTES: u64 = 1 << 20;

/// Source files, each read when a finding first points into it.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    root: Option<PathBuf>,
    /// `None` for a file that can't be read.
    files: RefCell<BTreeMap<String, Option<String>>>,
}

impl Sources {
    /// Those whose names are relative to `root`.
    pub(super) fn below(root: &Path) -> Self {
        Self {
            root: Some(root.to_owned()),
            ..Self::default()
        }
    }

    /// Reads a file now, so that it's shown as it is now.
    pub(super) fn read(&self, file: &str) {
        self.lines(file, |_| None::<()>);
    }

    /// The line at a place, if the file is there and has such a line.
    fn line(&self, location: &SourceLocation) -> Option<String> {
        let number = usize::try_from(location.line?).ok()?;
        self.lines(&location.file, |text| {
            let line = text.lines().nth(number.checked_sub(1)?)?;
            (!line.trim().is_empty()).then(|| line.to_owned())
        })
    }

    /// Looks into the text of a file, if it can be read.
    fn lines<T>(&self, file: &str, look: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let root = self.root.as_ref()?;
        let mut files = self.files.borrow_mut();
        let text = files
            .entry(file.to_owned())
            .or_insert_with(|| read(&root.join(file)));
        look(text.as_ref()?)
    }
}

fn read(file: &Path) -> Option<String> {
    let is_source = file
        .metadata()
        .is_ok_and(|metadata| metadata.is_file() && metadata.len() <= MOST_BYTES);
    is_source.then(|| std::fs::read_to_string(file).ok())?
}

/// Writes a place, the line there with a mark below it, and what the finding says about it. Returns what remains to be
/// quoted: the finding's text, unless it's the line itself.
pub(super) fn write<'t>(
    out: &mut Text,
    sources: &Sources,
    location: &SourceLocation,
    text: Option<&'t str>,
    indent: usize,
) -> Option<&'t str> {
    let pad = " ".repeat(indent);
    say!(out, "{pad}{PLACE}--> {location}{PLACE:#}");
    let Some((line, number)) = sources.line(location).zip(location.line) else {
        return text;
    };
    let number = number.to_string();
    let gutter = " ".repeat(number.len());
    let shown = with_spaces(&line);
    let room = out
        .columns()
        .map(|columns| columns.saturating_sub(indent + number.len() + 3));
    say!(out, "{pad}{DIM}{number} |{DIM:#} {}", cut(&shown, room));
    if let Some(mark) = mark_in(&line, location, room) {
        say!(out, "{pad}{gutter} {DIM}|{DIM:#} {BAD}{mark}{BAD:#}");
    }
    text.filter(|text| !is_same(text, &line))
}

/// How many lines to show above and below the line that a finding points to.
const AROUND: usize = 2;

/// Writes a place and the lines around it, with a mark below the line itself. Returns what remains to be quoted, as [`write()`] does.
pub(super) fn excerpt<'t>(
    out: &mut Text,
    sources: &Sources,
    location: &SourceLocation,
    text: Option<&'t str>,
    indent: usize,
) -> Option<&'t str> {
    let pad = " ".repeat(indent);
    say!(out, "{pad}{PLACE}{location}{PLACE:#}");
    let at = location.line.and_then(|line| usize::try_from(line).ok());
    let Some((line, at)) = sources.line(location).zip(at) else {
        return text;
    };
    let first = at.saturating_sub(AROUND).max(1);
    let lines: Vec<String> = sources
        .lines(&location.file, |text| {
            let around = text.lines().skip(first - 1).take(at + AROUND + 1 - first);
            Some(around.map(str::to_owned).collect())
        })
        .unwrap_or_default();
    let digits = (first + lines.len()).to_string().len();
    let room = out
        .columns()
        .map(|columns| columns.saturating_sub(indent + digits + 3));
    say!(out);
    for (number, shown) in (first..).zip(&lines) {
        let shown = cut(&with_spaces(shown), room);
        if number != at {
            say!(out, "{pad}{DIM}{number:digits$} │ {shown}{DIM:#}");
            continue;
        }
        say!(out, "{pad}{number:digits$} {DIM}│{DIM:#} {shown}");
        if let Some(mark) = mark_in(&line, location, room) {
            say!(out, "{pad}{:digits$} {DIM}│{DIM:#} {BAD}{mark}{BAD:#}", "");
        }
    }
    text.filter(|text| !is_same(text, &line))
}

/// Whether a finding's text is the line, apart from white space.
fn is_same(text: &str, line: &str) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    words(text) == words(line)
}

/// A line as it's shown: a tab is four characters wide everywhere.
fn with_spaces(line: &str) -> String {
    line.trim_end().replace('\t', "    ")
}

/// The mark below a line, if the place has a column and there's room for it.
fn mark_in(line: &str, location: &SourceLocation, room: Option<usize>) -> Option<String> {
    let mark = mark(line, location.column?)?;
    room.is_none_or(|room| mark.chars().count() <= room)
        .then_some(mark)
}

/// Spaces up to a column, and a mark below the word, macro or string that starts there.
fn mark(line: &str, column: u32) -> Option<String> {
    let before = usize::try_from(column).ok()?.checked_sub(1)?;
    let rest: String = line.chars().skip(before).collect();
    let quoted = rest
        .strip_prefix('"')
        .and_then(|inside| inside.split_once('"'));
    let width = quoted.map_or_else(
        || {
            let is_of_word = |c: &char| c.is_alphanumeric() || *c == '_';
            let word = rest.chars().take_while(is_of_word).count();
            let is_macro = word > 0 && rest.chars().nth(word) == Some('!');
            word.max(1) + usize::from(is_macro)
        },
        |(inside, _)| inside.chars().count() + 2,
    );
    if rest.trim().is_empty() {
        return None;
    }
    let start: String = line.chars().take(before).collect();
    let start = start.replace('\t', "    ").chars().count();
    Some(" ".repeat(start) + &"^".repeat(width))
}

/// As much of a line as there is room for.
fn cut(line: &str, room: Option<usize>) -> String {
    match room {
        Some(room) if line.chars().count() > room => {
            let start: String = line.chars().take(room.saturating_sub(1)).collect();
            start + "…"
        }
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(line: u32, column: Option<u32>, text: Option<&str>, width: Option<usize>) -> String {
        let dir = tempfile::tempdir().unwrap();
        let source = "fn add(a: u32) -> u32 {\n\n\ta.checked_add(1).unwrap()\n\
            \tpanic!(\"a message that is longer than the terminal is wide, as such messages sometimes are\")\n}\n";
        std::fs::write(dir.path().join("lib.rs"), source).unwrap();
        let location = SourceLocation {
            file: "lib.rs".to_owned(),
            line: Some(line),
            column,
        };
        let mut out = Text::with_width(width);
        let rest = write(&mut out, &Sources::below(dir.path()), &location, text, 2);
        let shown = anstream::adapter::strip_str(out.as_str()).to_string();
        match rest {
            Some(rest) => format!("{shown}rest: {rest}"),
            None => shown,
        }
    }

    #[test]
    fn a_column_is_marked_below_its_line() {
        assert_eq!(
            written(3, Some(4), None, None),
            "  --> lib.rs:3:4\n  3 |     a.checked_add(1).unwrap()\n    |       ^^^^^^^^^^^\n"
        );
    }

    #[test]
    fn the_line_itself_is_not_repeated_but_a_note_is_kept() {
        let line = "  --> lib.rs:1\n  1 | fn add(a: u32) -> u32 {\n";
        assert_eq!(
            written(1, None, Some("fn add(a: u32) -> u32 {"), None),
            line
        );
        let with_note = format!("{line}rest: it may overflow");
        assert_eq!(written(1, None, Some("it may overflow"), None), with_note);
    }

    #[test]
    fn without_a_line_the_text_is_all_there_is() {
        for line in [2, 19] {
            let shown = written(line, None, Some("gone"), None);
            assert_eq!(shown, format!("  --> lib.rs:{line}\nrest: gone"));
        }
    }

    #[test]
    fn a_long_line_is_cut_and_a_mark_beyond_it_left_out() {
        let shown = written(4, Some(9), None, Some(60));
        let lines: Vec<_> = shown.lines().collect();
        assert!(
            lines[1].ends_with('…') && lines[1].chars().count() <= 60,
            "{shown}"
        );
        assert_eq!(lines.len(), 2, "{shown}");
        let shown = written(4, Some(2), None, Some(60));
        assert!(shown.ends_with("\n    |     ^^^^^^\n"), "{shown}");
        let shown = written(4, Some(9), None, None);
        assert_eq!(shown.matches('^').count(), 84, "{shown}");
    }
}
