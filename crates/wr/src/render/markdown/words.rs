//! Words with their styles, and the lines they fill.

use textwrap::core::{Fragment, display_width};
use textwrap::wrap_algorithms::wrap_first_fit;

use crate::render::style::BOLD;

/// A longer piece of code may be broken at its spaces, in characters.
const LONGEST_WHOLE_CODE: usize = 30;

/// The words of a paragraph or a table's cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    list: Vec<Word>,
    /// Whether what comes next belongs to the last word, such as a full stop after code.
    is_word_open: bool,
    /// How many of the open parts are bold.
    bold: usize,
}

#[derive(Debug, Clone, Default)]
struct Word {
    /// With the marks of its style.
    text: String,
    /// On a terminal, in columns.
    width: usize,
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        columns(self.width)
    }

    fn whitespace_width(&self) -> f64 {
        1.0
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

fn columns(width: usize) -> f64 {
    u32::try_from(width).unwrap_or(u32::MAX).into()
}

impl Words {
    /// No words yet, but in the style of what came before.
    pub(super) fn style(&self) -> Self {
        Self {
            bold: self.bold,
            ..Self::default()
        }
    }

    pub(super) fn start_bold(&mut self) {
        self.bold += 1;
    }

    pub(super) fn end_bold(&mut self) {
        self.bold = self.bold.saturating_sub(1);
    }

    /// Adds text, which is broken at its spaces.
    pub(super) fn push(&mut self, text: &str) {
        for (position, piece) in text.split([' ', '\n', '\t']).enumerate() {
            self.is_word_open &= position == 0;
            if !piece.is_empty() {
                self.push_whole(piece);
            }
        }
    }

    /// Adds code between backticks. Short code stays on one line.
    pub(super) fn push_code(&mut self, code: &str) {
        let fence = if code.contains('`') { "``" } else { "`" };
        let code = format!("{fence}{code}{fence}");
        if display_width(&code) <= LONGEST_WHOLE_CODE {
            self.push_whole(&code);
        } else {
            self.push(&code);
        }
    }

    /// Adds text that must not be broken.
    pub(super) fn push_whole(&mut self, text: &str) {
        let width = display_width(text);
        let text = if self.bold > 0 {
            format!("{BOLD}{text}{BOLD:#}")
        } else {
            text.to_owned()
        };
        match self.list.last_mut() {
            Some(last) if self.is_word_open => {
                last.text.push_str(&text);
                last.width += width;
            }
            _ => self.list.push(Word { text, width }),
        }
        self.is_word_open = true;
    }

    /// The same words in bold.
    pub(super) fn bold(&self) -> Self {
        let mut bold = self.clone();
        for word in &mut bold.list {
            let plain = word.text.replace(&format!("{BOLD}"), "");
            let plain = plain.replace(&format!("{BOLD:#}"), "");
            word.text = format!("{BOLD}{plain}{BOLD:#}");
        }
        bold
    }

    /// These words after a label and a colon.
    pub(super) fn after_label(&self, label: &Self) -> Self {
        let mut labelled = label.clone();
        if !label.is_empty() && !self.is_empty() {
            labelled.push_whole(":");
            labelled.list.extend(self.list.iter().cloned());
        }
        labelled
    }

    fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The width of all words on one line, in columns.
    pub(super) fn width(&self) -> usize {
        let words: usize = self.list.iter().map(|word| word.width).sum();
        words + self.list.len().saturating_sub(1)
    }

    /// All words on one line.
    pub(super) fn line(&self) -> String {
        joined(&self.list)
    }

    /// All words, on lines of at most this width unless a single word is longer. No words need no line.
    pub(super) fn lines(&self, width: Option<usize>) -> Vec<String> {
        match width {
            _ if self.is_empty() => Vec::new(),
            None => vec![self.line()],
            Some(width) => wrap_first_fit(&self.list, &[columns(width)])
                .into_iter()
                .map(joined)
                .collect(),
        }
    }
}

fn joined(words: &[Word]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    // One bold part, not one for each word.
    let [between, within] = [" ", ""].map(|gap| format!("{BOLD:#}{gap}{BOLD}"));
    words.join(" ").replace(&between, " ").replace(&within, "")
}
