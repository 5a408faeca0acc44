//! Looking for words on the page.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A search that is being typed, or that has been.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// What to look for; upper and lower case are the same.
    pub(super) words: String,
    /// Whether keys are part of the words.
    pub(super) is_typing: bool,
}

impl Search {
    /// Starts typing.
    pub(super) fn begin(&mut self) {
        self.words.clear();
        self.is_typing = true;
    }

    /// Forgets the search.
    pub(super) fn end(&mut self) {
        *self = Self::default();
    }

    /// Whether something is searched for, and typing is over.
    pub(super) fn is_active(&self) -> bool {
        !self.is_typing && !self.words.is_empty()
    }

    /// Takes a key in while typing.
    pub(super) fn press(&mut self, key: KeyEvent) {
        match key.code {
            KeyCode::Esc => self.end(),
            KeyCode::Enter => self.is_typing = false,
            KeyCode::Backspace if self.words.is_empty() => self.end(),
            KeyCode::Backspace => {
                self.words.pop();
            }
            KeyCode::Char(letter)
                if !key
                    .modifiers
                    .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) =>
            {
                self.words.push(letter);
            }
            _ => {}
        }
    }

    /// Whether a line has the words in it; every line has them if there are none.
    pub(super) fn finds(&self, line: &str) -> bool {
        self.words.is_empty() || line.to_lowercase().contains(&self.words.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_typed_and_corrected() {
        let mut search = Search::default();
        search.begin();
        for code in [
            KeyCode::Char('R'),
            KeyCode::Char('x'),
            KeyCode::Backspace,
            KeyCode::Char('u'),
            KeyCode::Enter,
        ] {
            search.press(KeyEvent::from(code));
        }
        assert!(search.is_active() && search.finds("a rUst") && !search.finds("r st"));
        search.begin();
        search.press(KeyEvent::from(KeyCode::Esc));
        assert!(!search.is_active() && !search.is_typing && search.finds("anything"));
    }
}
