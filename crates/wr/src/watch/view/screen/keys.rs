//! The keys: the most useful ones in the last line, and all of them on a page.

use ratatui::text::{Line, Span};

use super::contents::{BOLD, DIM};
use super::document::Document;
use super::model::{Model, Page};
use crate::watch::state::State;

/// A key, what it does, and whether only exercises have it.
type Key = (&'static str, &'static str, bool);

/// Every key, below headings.
const ALL: [(&str, &[Key]); 4] = [
    (
        "This exercise",
        &[
            ("Enter, r", "verify again, whatever is remembered", false),
            ("h", "the next hint", true),
            ("s", "compare your answer with the course's solution", true),
            (
                "b",
                "open the book in your browser, next to your exercise's state",
                true,
            ),
            (
                "x",
                "restore the original files, after a backup; u undoes it",
                true,
            ),
            (
                "o",
                "open the place of the selected finding in your editor; O opens the source",
                false,
            ),
        ],
    ),
    (
        "What you see",
        &[
            ("e", "what the selected finding means", false),
            ("v", "what the tools printed; again for all of it", false),
            (
                "t",
                "every test, failed ones first; f for failed ones alone",
                false,
            ),
            (
                "Tab, Shift-Tab",
                "select the next or the previous finding",
                false,
            ),
            ("Space", "fold or unfold the selected finding", false),
            ("a", "unfold all findings", false),
            ("Esc", "back to the verdict", false),
        ],
    ),
    (
        "Moving",
        &[
            ("↑ ↓, j k", "one line", false),
            (
                "PgUp PgDn",
                "one screen; Ctrl-U and Ctrl-D, half of one",
                false,
            ),
            ("Home End, g G", "to the beginning or the end", false),
            (
                "/",
                "search; n and N for the next and the previous match, Esc to end",
                false,
            ),
        ],
    ),
    (
        "The course",
        &[
            ("n", "the next exercise that isn't solved", true),
            ("p", "the exercise before this one", true),
            ("l", "all exercises; / to filter, Enter to go there", true),
            ("q", "quit; Ctrl-Z to suspend", false),
        ],
    ),
];

/// The page with all keys. Those for exercises are left out in a project.
pub(super) fn page(state: &State, width: usize) -> Document {
    let mut document = Document::new(width);
    for (heading, keys) in ALL {
        let heading = match heading {
            "This exercise" if !state.is_exercise() => "This project",
            "The course" if !state.is_exercise() => "The watch",
            other => other,
        };
        document.line(Line::from(Span::styled(heading, BOLD)));
        for (key, meaning, is_of_exercise) in keys {
            if *is_of_exercise && !state.is_exercise() {
                continue;
            }
            document.line(Line::from(vec![
                Span::raw(format!("  {key:<16}")),
                Span::raw(*meaning),
            ]));
        }
        document.line(Line::default());
    }
    document
}

/// The keys that help most on this page, the most useful first.
pub(super) fn footer(model: &Model, state: &State) -> Vec<(&'static str, &'static str)> {
    if model.search.is_typing {
        return vec![("Enter", "done"), ("Esc", "cancel")];
    }
    let mut keys = Vec::new();
    if model.has_matches() {
        keys.extend([
            ("n", "next match"),
            ("N", "previous"),
            ("Esc", "end search"),
        ]);
    }
    match model.page {
        Page::List => keys.extend([("Enter", "go there"), ("/", "filter"), ("Esc", "back")]),
        Page::Verdict => {
            if state.is_exercise() && state.is_solved() && model.has_matches() {
                keys.push(("s", "solution"));
            } else if state.is_exercise() && state.is_solved() {
                keys.extend([("n", "next"), ("s", "solution")]);
            } else if state.has_hints() {
                keys.push(("h", "hint"));
            }
            let has_findings = state
                .shown()
                .is_some_and(|verdict| !verdict.diagnostics.is_empty());
            if has_findings {
                keys.extend([("e", "explain"), ("o", "edit"), ("v", "output")]);
            }
            if state.is_exercise() {
                keys.push(("b", "book"));
            }
        }
        Page::Hints if state.hints.len() < state.hint_count() => {
            keys.extend([("h", "next hint"), ("Esc", "back")]);
        }
        Page::Output => keys.extend([("v", "all of it"), ("Esc", "back")]),
        Page::Tests => keys.extend([("f", "failed only"), ("/", "filter"), ("Esc", "back")]),
        Page::Hints | Page::Explain | Page::Solution | Page::Keys => keys.push(("Esc", "back")),
    }
    if model.page != Page::List {
        if state.is_exercise() {
            keys.push(("l", "list"));
        }
        keys.push(("Enter", "run again"));
    }
    keys.extend([("?", "keys"), ("q", "quit")]);
    keys
}

/// The footer's line: as many keys as fit, with help and quit always among them.
pub(super) fn line(keys: &[(&'static str, &'static str)], width: usize) -> Line<'static> {
    let of = |(key, meaning): &(&str, &str)| key.chars().count() + meaning.chars().count() + 3;
    let (most, last) = keys.split_at(keys.len().saturating_sub(2));
    let mut room = width.saturating_sub(last.iter().map(of).sum::<usize>() + 1);
    let mut shown: Vec<_> = Vec::new();
    for key in most {
        let Some(left) = room.checked_sub(of(key)) else {
            break;
        };
        room = left;
        shown.push(*key);
    }
    shown.extend(last);
    let mut spans = vec![Span::raw(" ")];
    for (key, meaning) in shown {
        spans.push(Span::styled(key, BOLD));
        spans.push(Span::styled(format!(" {meaning}  "), DIM));
    }
    Line::from(spans)
}
