//! Text for people, as a value: renderers write lines into it, tests read it, and only [`Text::print`] shows it.

use terminal_size::{Width, terminal_size_of};

use super::plain::plain;
use super::{output, wrap};

/// Lines with their colours, made for a terminal of a certain width.
#[derive(Debug, Clone)]
pub(super) struct Text {
    text: String,
    /// In characters; `None` for a file or another program, where long lines stay whole.
    width: Option<usize>,
}

impl Text {
    /// Empty text for standard output as it is now.
    pub(super) fn for_stdout() -> Self {
        let size = terminal_size_of(std::io::stdout());
        Self::with_width(size.map(|(Width(width), _)| width.into()))
    }

    /// Empty text for a terminal of this many characters, or for something without a width.
    pub(super) fn with_width(width: Option<usize>) -> Self {
        Self {
            text: String::new(),
            width,
        }
    }

    /// Empty text for the same place.
    pub(super) fn part(&self) -> Self {
        Self::with_width(self.width)
    }

    /// Adds a line. What others wrote in it can't pass for our colours, or control the terminal.
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(&plain(line));
        self.text.push('\n');
    }

    /// Adds a part.
    pub(super) fn add(&mut self, part: &Self) {
        self.text.push_str(&part.text);
    }

    /// A long sentence, broken between words. Its first line starts after `indent` characters, and so do the others.
    pub(super) fn wrapped(&self, text: &str, indent: usize) -> String {
        wrap::wrapped(text, indent, self.width)
    }

    /// How many characters fit on a line; `None` if lines stay whole.
    pub(super) fn columns(&self) -> Option<usize> {
        wrap::columns(self.width)
    }

    /// Everything so far, colours included.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Shows it on standard output.
    pub(super) fn print(&self) {
        output::write(&self.text);
    }
}

/// Adds a line to a [`Text`].
macro_rules! say {
    ($out:expr) => { $out.line("") };
    ($out:expr, $($words:tt)*) => {{
        let line = format!($($words)*);
        $out.line(&line)
    }};
}

pub(super) use say;
