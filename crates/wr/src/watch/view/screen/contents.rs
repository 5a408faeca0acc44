//! What each page says, as a document of a given width.

use course::FolderName;
use engine::{Outcome, Status, Test, Verdict};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};

use super::document::Document;
use super::keys;
use super::model::{Model, Page};
use crate::outline::{self, Entry};
use crate::render;
use crate::render::on_screen::{self, Sources};
use crate::watch::state::State;
use crate::{rules, voice};

pub(super) const DIM: Style = Style::new().add_modifier(Modifier::DIM);
pub(super) const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);
pub(super) const GOOD: Style = Style::new().fg(Color::Green).add_modifier(Modifier::BOLD);
pub(super) const BAD: Style = Style::new().fg(Color::Red).add_modifier(Modifier::BOLD);
pub(super) const WARN: Style = Style::new().fg(Color::Yellow).add_modifier(Modifier::BOLD);

/// The page that the learner looks at.
pub(super) fn of(model: &Model, state: &State, sources: &Sources, width: usize) -> Document {
    match model.page {
        Page::Verdict => verdict(model, state, sources, width),
        Page::Output => output(model, state, width),
        Page::Explain => explanation(model, state, width),
        Page::Hints => hints(state, width),
        Page::Solution => solution(state, width),
        Page::Tests => tests(model, state, width),
        Page::List => list(model, state, width),
        Page::Keys => keys::page(state, width),
    }
}

fn words(text: &str, style: Style) -> Line<'static> {
    Line::from(Span::styled(text.to_owned(), style))
}

fn verdict(model: &Model, state: &State, sources: &Sources, width: usize) -> Document {
    let mut document = Document::new(width);
    if let Some((message, help)) = &state.failure {
        document.line(words("This can't be verified as it is.", BOLD));
        document.line(Line::default());
        document.add(&on_screen::failure(message, help.as_deref(), width));
        return document;
    }
    let Some(verdict) = state.shown() else {
        preparing(&mut document, state);
        document.line(Line::default());
        whereabouts(&mut document, model);
        return document;
    };
    if let Some(remark) = voice::remark(verdict) {
        document.add(&on_screen::page(remark, width));
        document.line(Line::default());
    }
    if verdict.is_solved() {
        solved(&mut document, state, verdict, width);
    }
    findings(&mut document, model, state, verdict, sources, width);
    if !verdict.is_solved() {
        whereabouts(&mut document, model);
    }
    document
}

/// Where to read and what to edit.
fn whereabouts(document: &mut Document, model: &Model) {
    let Some((page, dir)) = &model.whereabouts else {
        return;
    };
    if let Some(page) = page {
        document.line(words(
            &format!("  read  {}, or press b", render::on_a_line(page)),
            DIM,
        ));
    }
    document.line(words(
        &format!("  edit  {}, or press O", render::on_a_line(dir)),
        DIM,
    ));
}

fn findings(
    document: &mut Document,
    model: &Model,
    state: &State,
    verdict: &Verdict,
    sources: &Sources,
    width: usize,
) {
    for (number, finding) in verdict.diagnostics.iter().enumerate() {
        let start = document.lines.len();
        document.starts.push(start);
        if model.unfolded.contains(&number) {
            document.add(&on_screen::finding(finding, sources, width));
        } else {
            document.add(&on_screen::folded(finding, width));
        }
        for place in finding.locations() {
            document.link(place, &state.root, start);
        }
        if number == model.finding
            && verdict.diagnostics.len() > 1
            && let Some(line) = document.lines.get_mut(start)
        {
            *line = std::mem::take(line).style(Style::new().add_modifier(Modifier::UNDERLINED));
        }
    }
}

/// The steps so far, before the first verdict.
fn preparing(document: &mut Document, state: &State) {
    let Some(run) = &state.run else {
        return;
    };
    document.line(words(
        "Getting ready. Only the first time takes this long.",
        BOLD,
    ));
    document.line(Line::default());
    let ends = run.steps.iter().skip(1).map(|next| Some(next.since));
    for (step, end) in run.steps.iter().zip(ends.chain([None])) {
        let (mark, style, took) = match end {
            Some(end) => {
                let took = end.saturating_duration_since(step.since).as_secs_f64();
                ("✓", GOOD, format!("  {took:.1} s"))
            }
            None => ("•", WARN, String::new()),
        };
        document.line(Line::from(vec![
            Span::styled(format!("  {mark} "), style),
            Span::raw(render::on_a_line(&step.detail)),
            Span::styled(took, DIM),
        ]));
    }
    if let Some(compiling) = &run.compiling {
        document.line(words(&format!("    {}", render::on_a_line(compiling)), DIM));
    }
}

fn solved(document: &mut Document, state: &State, verdict: &Verdict, width: usize) {
    let sentence = match verdict.tests.len() {
        0 => "Everything that was asked for works.".to_owned(),
        1 => "The test passes.".to_owned(),
        count => format!("All {count} tests pass."),
    };
    document.line(words(&sentence, GOOD));
    document.line(Line::default());
    if state.is_exercise() {
        let next = "Press **s** to compare your code with the course's solution and to read why it's written \
                    that way, and **n** for the next exercise.";
        document.add(&on_screen::page(next, width));
        document.line(Line::default());
    }
}

fn output(model: &Model, state: &State, width: usize) -> Document {
    let mut document = Document::new(width);
    if let Some(verdict) = state.shown() {
        document.add(&on_screen::output(verdict, model.is_all_output, width));
    }
    document
}

fn explanation(model: &Model, state: &State, width: usize) -> Document {
    let mut document = Document::new(width);
    let finding = state
        .shown()
        .and_then(|verdict| verdict.diagnostics.get(model.finding));
    if let Some(rule) = finding.and_then(|finding| rules::find(&finding.code)) {
        let page = rule.page();
        document.line(words(&format!("{} {}", page.code, page.name), BOLD));
        document.line(Line::default());
        document.add(&on_screen::page(&page.markdown, width));
    }
    document
}

fn hints(state: &State, width: usize) -> Document {
    let mut document = Document::new(width);
    let of = state.hint_count();
    for (number, hint) in (1..).zip(&state.hints) {
        document.line(words(&format!("Hint {number} of {of}"), BOLD));
        document.line(Line::default());
        document.add(&on_screen::page(hint, width));
        document.line(Line::default());
    }
    match of.saturating_sub(state.hints.len()) {
        0 => {}
        1 => document.line(words("Press h for the last hint.", DIM)),
        left => document.line(words(
            &format!("Press h for the next hint; {left} are left."),
            DIM,
        )),
    }
    document
}

fn solution(state: &State, width: usize) -> Document {
    let mut document = Document::new(width);
    if let (Some(solution), Some(id)) = (&state.solution, state.exercise()) {
        document.add(&on_screen::solution(id, solution, width));
    }
    document
}

/// The tests: failed ones first, otherwise in the order in which they ran.
fn tests(model: &Model, state: &State, width: usize) -> Document {
    let mut document = Document::new(width);
    let running = state.run.as_ref().map(|run| run.failures.as_slice());
    let all: &[Test] = match (state.shown(), running) {
        (_, Some(failures)) if !failures.is_empty() => failures,
        (Some(verdict), _) => &verdict.tests,
        (None, _) => &[],
    };
    let (failed, others): (Vec<&Test>, Vec<&Test>) = all
        .iter()
        .filter(|test| model.search.finds(&test.id))
        .partition(|test| test.outcome == Outcome::Failed);
    let others = if model.only_failed {
        Vec::new()
    } else {
        others
    };
    if failed.is_empty() && others.is_empty() {
        let is_filtered = !model.search.words.is_empty();
        document.line(words(
            match (is_filtered, model.only_failed) {
                (true, _) => "No test has these words in its name.",
                (false, true) => "No test failed. Press f to see them all.",
                (false, false) => "No test has run.",
            },
            DIM,
        ));
    }
    for test in failed.into_iter().chain(others) {
        document.line(self::test(test));
    }
    document
}

/// A test on a line.
pub(super) fn test(test: &Test) -> Line<'static> {
    let (mark, style) = match test.outcome {
        Outcome::Passed => ("✓", GOOD),
        Outcome::Failed => ("✗", BAD),
        Outcome::Skipped => ("·", DIM),
        Outcome::XFailed => ("x", DIM),
    };
    let took = test
        .milliseconds
        .filter(|took| *took >= 100.0)
        .map(|took| format!("  {:.1} s", took / 1e3))
        .unwrap_or_default();
    Line::from(vec![
        Span::styled(format!(" {mark} "), style),
        Span::raw(render::on_a_line(&test.id)),
        Span::styled(took, DIM),
    ])
}

fn list(model: &Model, state: &State, width: usize) -> Document {
    let mut document = Document::new(width);
    let mut chapter: Option<&FolderName> = None;
    let listed = model.listed(state);
    if listed.is_empty() {
        document.line(words("There is no such exercise.", DIM));
    }
    for (row, entry) in listed.iter().enumerate() {
        let name = entry.id.chapter();
        if chapter != Some(name) {
            if chapter.is_some() {
                document.line(Line::default());
            }
            let (solved, all) = of_chapter(&state.outline, name);
            document.line(Line::from(vec![
                Span::styled(name.as_str().to_owned(), BOLD),
                Span::styled(format!("  {solved} of {all} solved"), DIM),
            ]));
            chapter = Some(name);
        }
        if row == model.row {
            document.selected = Some(document.lines.len());
        }
        document.line(self::entry(entry, state, row == model.row));
    }
    document
}

/// How many exercises of a chapter are solved, and how many there are.
pub(super) fn of_chapter(entries: &[Entry], name: &FolderName) -> (usize, usize) {
    let of_chapter = || entries.iter().filter(|entry| entry.id.chapter() == name);
    (outline::solved(of_chapter()), of_chapter().count())
}

fn entry(entry: &Entry, state: &State, is_selected: bool) -> Line<'static> {
    let (mark, style) = mark(entry);
    let seen = if entry.has_seen_solution {
        "  (solution seen)"
    } else {
        ""
    };
    let here = if state.exercise() == Some(&entry.id) {
        "  ← you are here"
    } else {
        ""
    };
    let arrow = if is_selected { "▸" } else { " " };
    let line = Line::from(vec![
        Span::raw(format!("{arrow} ")),
        Span::styled(mark, style),
        Span::raw(format!(" {}", entry.id.name().as_str())),
        Span::styled(format!("{seen}{here}"), DIM),
    ]);
    if is_selected {
        line.style(Style::new().add_modifier(Modifier::REVERSED))
    } else {
        line
    }
}

/// The mark of an exercise, and its colour.
pub(super) fn mark(entry: &Entry) -> (&'static str, Style) {
    match entry.state {
        Some(true) => ("✓", GOOD),
        Some(false) => ("•", WARN),
        None => ("·", DIM),
    }
}

/// The mark of a status, and its colour.
pub(super) fn mark_of_status(status: Status) -> (&'static str, Style) {
    match status {
        Status::Solved => ("✓", GOOD),
        Status::Unfinished | Status::Tampered | Status::EnvironmentBroken => ("•", WARN),
        _ => ("✗", BAD),
    }
}
