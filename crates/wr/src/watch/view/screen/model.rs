//! What the learner looks at, and what a key does to it. Pure: the watch's own state is given, and nothing is drawn here.

use std::collections::BTreeSet;

use course::ExerciseId;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use diagnostic::SourceLocation;

use super::search::Search;
use crate::outline::Entry;
use crate::voice;
use crate::watch::ask::Ask;
use crate::watch::state::State;

/// What the body shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Page {
    /// What is wrong, or that nothing is.
    #[default]
    Verdict,
    /// What the tools printed.
    Output,
    /// The page about the selected finding's rule.
    Explain,
    /// The hints seen so far.
    Hints,
    /// How the course's solution differs.
    Solution,
    /// Every test.
    Tests,
    /// The course's exercises.
    List,
    /// The keys.
    Keys,
}

/// Something that happens only if the same key is pressed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pending {
    Next,
    Solution,
    Reset,
}

/// The learner's place on the screen.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) page: Page,
    /// The body's first line that is shown.
    pub(super) scroll: usize,
    /// The selected finding.
    pub(super) finding: usize,
    /// The findings that are unfolded.
    pub(super) unfolded: BTreeSet<usize>,
    /// The selected line of the list.
    pub(super) row: usize,
    /// Whether all of the output is shown, not only the parts worth reading.
    pub(super) is_all_output: bool,
    /// Whether only failed tests are listed.
    pub(super) only_failed: bool,
    pub(super) search: Search,
    /// Where the exercise's page is, and where the exercise is.
    pub(super) whereabouts: Option<(Option<String>, String)>,
    /// One line for the learner, until the next key.
    pub(super) notice: Option<String>,
    pending: Option<Pending>,
    /// Whether the original files were restored here, so that it can be undone.
    pub(super) can_undo: bool,
}

/// What the model has to know about the body as it was drawn last.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawn {
    /// How many lines there are.
    pub(super) lines: usize,
    /// How many of them are visible.
    pub(super) height: usize,
    /// The line at which each finding starts.
    pub(super) starts: Vec<usize>,
    /// The lines that the search found.
    pub(super) matches: Vec<usize>,
}

impl Drawn {
    /// The last line that can be the first visible one.
    pub(super) fn last_scroll(&self) -> usize {
        self.lines.saturating_sub(self.height)
    }
}

impl Model {
    /// Takes a key in. Returns what only the watch can do.
    pub(super) fn press(&mut self, key: KeyEvent, state: &State, drawn: &Drawn) -> Option<Ask> {
        self.notice = None;
        let pending = self.pending.take();
        if self.search.is_typing {
            self.search.press(key);
            self.follow_search(drawn);
            self.row = 0;
            return None;
        }
        if key.modifiers.contains(KeyModifiers::ALT) {
            return None;
        }
        if key.modifiers.contains(KeyModifiers::CONTROL) {
            match key.code {
                KeyCode::Char('d') => self.move_by(half(drawn), drawn, state),
                KeyCode::Char('u') => self.move_back(half(drawn)),
                _ => {}
            }
            return None;
        }
        match key.code {
            KeyCode::Char('q') => return Some(Ask::Quit),
            KeyCode::Esc => self.close(),
            KeyCode::Enter if self.page == Page::List => return self.chosen(state),
            KeyCode::Enter | KeyCode::Char('r') => return Some(Ask::Rerun),
            KeyCode::Char('n') if self.has_matches() => self.go_to_match(true, drawn),
            KeyCode::Char('N') if self.has_matches() => self.go_to_match(false, drawn),
            KeyCode::Char('n') if state.is_exercise() => {
                let anyway = pending == Some(Pending::Next);
                self.pending = (!state.is_solved()).then_some(Pending::Next);
                return Some(Ask::Next { anyway });
            }
            KeyCode::Char('p') if state.is_exercise() => return Some(Ask::Previous),
            KeyCode::Char('h') if state.is_exercise() => return self.hint(state),
            KeyCode::Char('s') if state.is_exercise() => {
                if state.solution.is_some() {
                    self.show(Page::Solution);
                    return None;
                }
                let anyway = pending == Some(Pending::Solution);
                self.pending = (!state.is_solved()).then_some(Pending::Solution);
                return Some(Ask::Solution { anyway });
            }
            KeyCode::Char('x') if state.is_exercise() => {
                if pending == Some(Pending::Reset) {
                    return Some(Ask::Reset);
                }
                self.pending = Some(Pending::Reset);
                self.notice = Some(
                    "Press x again to restore the original files. Yours are backed up first."
                        .to_owned(),
                );
            }
            KeyCode::Char('u') if self.can_undo => return Some(Ask::Undo),
            KeyCode::Char('u') if state.is_exercise() => {
                self.notice = Some("There is no reset to undo here.".to_owned());
            }
            KeyCode::Char('O') => return Some(Ask::EditSource),
            KeyCode::Char('l') if state.is_exercise() => self.list(state),
            KeyCode::Char('e') => self.explain(state),
            KeyCode::Char('v') => self.output(),
            KeyCode::Char('t') => self.turn_to(Page::Tests),
            KeyCode::Char('f') if self.page == Page::Tests => {
                self.only_failed = !self.only_failed;
                self.scroll = 0;
            }
            KeyCode::Char('?') => self.turn_to(Page::Keys),
            KeyCode::Char('o') => return self.edit(state),
            KeyCode::Char('b') if state.is_exercise() => return Some(Ask::Book),
            KeyCode::Char('/') => self.search.begin(),
            KeyCode::Tab => self.select(1, state, drawn),
            KeyCode::BackTab => self.select_back(state, drawn),
            KeyCode::Char(' ') if self.page == Page::Verdict => self.fold(),
            KeyCode::Char('a') if self.page == Page::Verdict => self.fold_all(state),
            KeyCode::Down | KeyCode::Char('j') => self.move_by(1, drawn, state),
            KeyCode::Up | KeyCode::Char('k') => self.move_back(1),
            KeyCode::PageDown | KeyCode::Char(' ') => {
                self.move_by(drawn.height.saturating_sub(1).max(1), drawn, state);
            }
            KeyCode::PageUp => self.move_back(drawn.height.saturating_sub(1).max(1)),
            KeyCode::Home | KeyCode::Char('g') => self.move_back(usize::MAX),
            KeyCode::End | KeyCode::Char('G') => self.move_by(usize::MAX, drawn, state),
            _ => {}
        }
        None
    }

    /// Whether there are matches to go to. In a list, the others aren't shown at all.
    pub(super) fn has_matches(&self) -> bool {
        self.search.is_active() && !matches!(self.page, Page::List | Page::Tests)
    }

    /// Shows a page from its beginning.
    pub(super) fn show(&mut self, page: Page) {
        self.page = page;
        self.scroll = 0;
        self.search.end();
    }

    /// Shows a page, or leaves it if it's shown already.
    fn turn_to(&mut self, page: Page) {
        let page = if self.page == page {
            Page::Verdict
        } else {
            page
        };
        self.show(page);
    }

    /// Another exercise is shown.
    pub(super) fn begin_again(&mut self) {
        *self = Self::default();
    }

    /// A verdict came. The place is kept if the first thing to fix is still the same.
    pub(super) fn judged(&mut self, is_the_same: bool, is_solved: bool) {
        self.notice = None;
        // Neither hints nor the old finding matter any more.
        if is_solved && matches!(self.page, Page::Hints | Page::Explain | Page::Output) {
            self.show(Page::Verdict);
        }
        if self.page == Page::Solution {
            self.show(Page::Verdict);
        }
        if is_the_same {
            return;
        }
        self.finding = 0;
        self.unfolded = BTreeSet::from([0]);
        if self.page == Page::Verdict {
            self.scroll = 0;
            self.search.end();
        }
        if self.page == Page::Explain {
            // Its finding may be gone.
            self.show(Page::Verdict);
        }
    }

    fn close(&mut self) {
        if self.search.is_active() {
            self.search.end();
        } else {
            self.show(Page::Verdict);
        }
    }

    fn hint(&mut self, state: &State) -> Option<Ask> {
        let is_shown = self.page == Page::Hints;
        let seen = state.hints.len();
        self.show(Page::Hints);
        // The first press shows the hints seen before, and each further one asks for another.
        let wants_more = is_shown || seen == 0;
        if wants_more && seen < state.hint_count() {
            return Some(Ask::Hint);
        }
        if is_shown && seen > 0 {
            self.notice = Some("That was the last hint.".to_owned());
        } else if state.hint_count() == 0 {
            self.notice = Some(voice::NO_HINTS.to_owned());
        }
        None
    }

    fn list(&mut self, state: &State) {
        self.turn_to(Page::List);
        let current = state.exercise();
        self.row = state
            .outline
            .iter()
            .position(|entry| Some(&entry.id) == current)
            .unwrap_or_default();
    }

    fn explain(&mut self, state: &State) {
        if state
            .shown()
            .is_some_and(|verdict| !verdict.diagnostics.is_empty())
        {
            self.turn_to(Page::Explain);
        } else {
            self.notice = Some("There is nothing to explain.".to_owned());
        }
    }

    fn output(&mut self) {
        if self.page != Page::Output {
            self.is_all_output = false;
            self.show(Page::Output);
        } else if self.is_all_output {
            self.show(Page::Verdict);
        } else {
            self.is_all_output = true;
        }
    }

    /// The exercise on the selected line.
    fn chosen(&mut self, state: &State) -> Option<Ask> {
        let chosen = self
            .listed(state)
            .get(self.row)
            .map(|entry| entry.id.clone())?;
        self.show(Page::Verdict);
        (state.exercise() != Some(&chosen)).then_some(Ask::Open(chosen))
    }

    /// The exercises in the list.
    pub(super) fn listed<'s>(&self, state: &'s State) -> Vec<&'s Entry> {
        let matches = |id: &ExerciseId| self.search.finds(&id.to_string());
        state
            .outline
            .iter()
            .filter(|entry| matches(&entry.id))
            .collect()
    }

    fn edit(&mut self, state: &State) -> Option<Ask> {
        let place = self.place(state);
        if place.is_none() {
            self.notice = Some("No finding points to a file.".to_owned());
        }
        place.map(Ask::Edit)
    }

    /// The place that the selected finding points to, otherwise the first that any points to.
    fn place(&self, state: &State) -> Option<SourceLocation> {
        let verdict = state.shown()?;
        let selected = verdict.diagnostics.get(self.finding);
        selected
            .and_then(|finding| finding.location())
            .or_else(|| verdict.diagnostics.iter().find_map(|one| one.location()))
            .cloned()
    }

    fn fold(&mut self) {
        if !self.unfolded.remove(&self.finding) {
            self.unfolded.insert(self.finding);
        }
    }

    /// Unfolds everything, or folds it if everything is unfolded.
    fn fold_all(&mut self, state: &State) {
        let count = state.shown().map_or(0, |verdict| verdict.diagnostics.len());
        if self.unfolded.len() == count {
            self.unfolded = BTreeSet::from([self.finding]);
        } else {
            self.unfolded = (0..count).collect();
        }
    }

    fn select(&mut self, by: usize, state: &State, drawn: &Drawn) {
        let count = state.shown().map_or(0, |verdict| verdict.diagnostics.len());
        if self.page != Page::Verdict || count == 0 {
            return;
        }
        self.finding = (self.finding + by) % count;
        self.unfolded.insert(self.finding);
        self.scroll = drawn.starts.get(self.finding).copied().unwrap_or_default();
    }

    fn select_back(&mut self, state: &State, drawn: &Drawn) {
        let count = state.shown().map_or(0, |verdict| verdict.diagnostics.len());
        if count > 0 {
            self.select(count - 1, state, drawn);
        }
    }

    fn move_by(&mut self, by: usize, drawn: &Drawn, state: &State) {
        if self.page == Page::List {
            let last = self.listed(state).len().saturating_sub(1);
            self.row = self.row.saturating_add(by).min(last);
        } else {
            self.scroll = self.scroll.saturating_add(by).min(drawn.last_scroll());
        }
    }

    fn move_back(&mut self, by: usize) {
        let at = if self.page == Page::List {
            &mut self.row
        } else {
            &mut self.scroll
        };
        *at = at.saturating_sub(by);
    }

    fn go_to_match(&mut self, forward: bool, drawn: &Drawn) {
        let at = self.scroll;
        let found = if forward {
            drawn.matches.iter().find(|line| **line > at)
        } else {
            drawn.matches.iter().rev().find(|line| **line < at)
        };
        match found {
            Some(line) => self.scroll = (*line).min(drawn.last_scroll()),
            None => self.notice = Some("There are no more matches.".to_owned()),
        }
    }

    /// While a search is typed, its first match comes into sight.
    fn follow_search(&mut self, drawn: &Drawn) {
        if let Some(line) = drawn.matches.iter().find(|line| **line >= self.scroll) {
            let is_visible = *line < self.scroll + drawn.height;
            if !is_visible {
                self.scroll = (*line).min(drawn.last_scroll());
            }
        }
    }
}

fn half(drawn: &Drawn) -> usize {
    (drawn.height / 2).max(1)
}
