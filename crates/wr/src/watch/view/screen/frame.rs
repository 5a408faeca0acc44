//! Draws the whole screen: what is watched and how it is at the top, the page below, the keys at the bottom. A wide terminal has
//! room for a second column with the chapter, the steps and the tests.

use std::num::NonZeroU16;
use std::time::{Duration, Instant};

use engine::{Outcome, Step};
use ratatui::Frame;
use ratatui::buffer::CellDiffOption;
use ratatui::layout::{Alignment, Constraint, Layout, Rect};
use ratatui::style::{Color, Modifier};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Wrap};

use super::contents::{self, BOLD, DIM, GOOD, WARN};
use super::document::{self, Document};
use super::model::{Drawn, Model, Page};
use super::{clock, keys};
use crate::outline;
use crate::render;
use crate::render::on_screen::{self, Sources};
use crate::voice;
use crate::watch::state::{Run, State};

/// A smaller terminal shows only the verdict's line.
const SMALLEST: (u16, u16) = (40, 10);

/// From this width on, there's a second column.
const WIDE: u16 = 120;

/// The width of that column.
const ASIDE: u16 = 38;

/// Longer lines of prose are hard to read.
const LONGEST_LINE: usize = 100;

/// A run that takes longer than this makes the old verdict pale.
const PALE_AFTER: Duration = Duration::from_millis(150);

/// Draws everything, and returns what the next key has to know about it.
pub(super) fn draw(
    frame: &mut Frame<'_>,
    model: &Model,
    state: &State,
    sources: &Sources,
    now: Instant,
) -> Drawn {
    let area = frame.area();
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        let text = format!(
            "{}\nThis window is too small: {} by {} or more, please.",
            headline(state, now),
            SMALLEST.0,
            SMALLEST.1
        );
        frame.render_widget(Paragraph::new(text).wrap(Wrap { trim: false }), area);
        return Drawn::default();
    }
    let [title, status, rule, middle, notice, footer] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Min(1),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(area);
    draw_title(frame, state, title);
    draw_status(frame, state, now, status);
    frame.render_widget(Line::styled("─".repeat(usize::from(area.width)), DIM), rule);
    let body = if area.width >= WIDE {
        let [aside, line, body] = Layout::horizontal([
            Constraint::Length(ASIDE),
            Constraint::Length(2),
            Constraint::Min(1),
        ])
        .areas(middle);
        draw_aside(frame, state, now, aside);
        let bar: Vec<Line<'_>> = (0..line.height).map(|_| Line::styled("│", DIM)).collect();
        frame.render_widget(Paragraph::new(bar), line);
        body
    } else {
        Rect {
            x: middle.x + 1,
            width: middle.width.saturating_sub(2),
            ..middle
        }
    };
    let width = usize::from(body.width).min(LONGEST_LINE);
    let page = contents::of(model, state, sources, width);
    let drawn = Drawn {
        lines: page.lines.len(),
        height: usize::from(body.height),
        matches: page.matches(&model.search),
        starts: page.starts.clone(),
    };
    let is_pale = model.page == Page::Verdict
        && state.shown().is_some()
        && state
            .run
            .as_ref()
            .is_some_and(|run| elapsed(run, now) > PALE_AFTER);
    draw_page(frame, &page, model, &drawn, is_pale, body);
    draw_notice(frame, model, &drawn, notice);
    let shown = keys::footer(model, state);
    frame.render_widget(keys::line(&shown, usize::from(footer.width)), footer);
    drawn
}

/// Leaves bold, dim and underlined text, and the marks.
pub(super) fn remove_colours(frame: &mut Frame<'_>) {
    for cell in &mut frame.buffer_mut().content {
        cell.fg = Color::Reset;
        cell.bg = Color::Reset;
    }
}

fn elapsed(run: &Run, now: Instant) -> Duration {
    now.saturating_duration_since(run.began)
}

/// What is watched, and how far the learner is.
fn draw_title(frame: &mut Frame<'_>, state: &State, area: Rect) {
    let name = match state.exercise() {
        Some(id) => id.to_string(),
        None => state.root.display().to_string(),
    };
    frame.render_widget(
        Line::from(Span::styled(format!(" {}", render::on_a_line(&name)), BOLD)),
        area,
    );
    if state.outline.is_empty() {
        return;
    }
    let (solved, all) = (outline::solved(&state.outline), state.outline.len());
    let count = format!(" {solved}/{all} solved ");
    let room = usize::from(area.width)
        .saturating_sub(name.chars().count() + count.chars().count() + 4)
        .min(30);
    let filled = (solved * room).checked_div(all).unwrap_or(0);
    frame.render_widget(
        Line::from(vec![
            Span::styled("━".repeat(filled), GOOD),
            Span::styled("─".repeat(room - filled), DIM),
            Span::raw(count),
        ])
        .alignment(Alignment::Right),
        area,
    );
}

/// How it is, in a line without colours.
fn headline(state: &State, now: Instant) -> String {
    let (line, _) = status(state, now);
    line.to_string()
}

/// How it is, and since when.
fn status(state: &State, now: Instant) -> (Line<'static>, String) {
    if let Some(run) = &state.run {
        return running(run, state, now);
    }
    if state.failure.is_some() {
        return (
            Line::styled(" ✗ can't be verified", contents::BAD),
            String::new(),
        );
    }
    let Some(judged) = state.history.first() else {
        return (Line::raw(" starting"), String::new());
    };
    let verdict = &judged.verdict;
    let (mark, style) = contents::mark_of_status(verdict.status);
    let facts = on_screen::facts(verdict).join(", ");
    let line = Line::from(vec![
        Span::styled(format!(" {mark} {}", voice::heading(verdict)), style),
        Span::raw(if facts.is_empty() {
            String::new()
        } else {
            format!("  {facts}")
        }),
    ]);
    let took = on_screen::took(verdict);
    (line, format!("{took} · {} ", clock::time(judged.at)))
}

fn running(run: &Run, state: &State, now: Instant) -> (Line<'static>, String) {
    let elapsed = elapsed(run, now);
    let spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
    let turn = usize::try_from(elapsed.as_millis() / 100).unwrap_or(0) % spinner.len();
    let what = if run.is_cancelled {
        "saved again, starting over".to_owned()
    } else if run.collected > 0 {
        let failed = match run.failures.len() {
            0 => String::new(),
            failed => format!(", {failed} failed"),
        };
        format!("testing: {} of {}{failed}", run.finished, run.collected)
    } else {
        match run.detail.as_str() {
            "" => "starting".to_owned(),
            detail => render::on_a_line(detail),
        }
    };
    let mut spans = vec![
        Span::styled(format!(" {} {what}", spinner[turn]), WARN),
        Span::raw(format!("  {:.1} s", elapsed.as_secs_f64())),
    ];
    if let Some(last) = state.shown() {
        let (mark, _) = contents::mark_of_status(last.status);
        spans.push(Span::styled(
            format!("  last: {mark} {}", voice::heading(last)),
            DIM,
        ));
    }
    (Line::from(spans), String::new())
}

fn draw_status(frame: &mut Frame<'_>, state: &State, now: Instant, area: Rect) {
    let (line, right) = status(state, now);
    let [left, rest] = Layout::horizontal([
        Constraint::Length(u16::try_from(line.width() + 1).unwrap_or(u16::MAX)),
        Constraint::Min(0),
    ])
    .areas(area);
    frame.render_widget(line, left);
    if right.chars().count() <= usize::from(rest.width) {
        frame.render_widget(Line::styled(right, DIM).alignment(Alignment::Right), rest);
    }
}

fn draw_page(
    frame: &mut Frame<'_>,
    page: &Document,
    model: &Model,
    drawn: &Drawn,
    is_pale: bool,
    area: Rect,
) {
    let mut first = model.scroll.min(drawn.last_scroll());
    if let Some(selected) = page.selected {
        let lowest = selected.saturating_sub(drawn.height.saturating_sub(1));
        first = first.clamp(lowest, selected.max(lowest));
        // The chapter's name above its first exercise is worth a line.
        if selected == first && first > 0 {
            first -= 1;
        }
    }
    let visible: Vec<Line<'static>> = page
        .lines
        .iter()
        .skip(first)
        .take(drawn.height)
        .map(|line| {
            let line = document::highlighted(line, &model.search);
            if is_pale { line.patch_style(DIM) } else { line }
        })
        .collect();
    frame.render_widget(Paragraph::new(visible), area);
    for link in &page.links {
        let Some(row) = link
            .line
            .checked_sub(first)
            .filter(|row| *row < drawn.height)
        else {
            continue;
        };
        draw_link(frame, link, row, area);
    }
}

/// Makes a text that is drawn already a link (OSC 8, which other terminals ignore).
fn draw_link(frame: &mut Frame<'_>, link: &document::Link, row: usize, area: Rect) {
    let (Ok(row), Ok(column)) = (u16::try_from(row), u16::try_from(link.column)) else {
        return;
    };
    let buffer = frame.buffer_mut();
    let y = area.y + row;
    for (offset, _) in (0_u16..).zip(link.text.chars()) {
        let x = area.x + column + offset;
        let Some(cell) = buffer.cell_mut((x, y)).filter(|_| x < area.right()) else {
            return;
        };
        // Each cell is a link of its own, because any part of them may be drawn again alone.
        let symbol = format!(
            "\u{1b}]8;;{}\u{1b}\\{}\u{1b}]8;;\u{1b}\\",
            link.address,
            cell.symbol()
        );
        cell.set_symbol(&symbol);
        cell.set_diff_option(CellDiffOption::ForcedWidth(NonZeroU16::MIN));
        cell.modifier.insert(Modifier::UNDERLINED);
    }
}

fn draw_notice(frame: &mut Frame<'_>, model: &Model, drawn: &Drawn, area: Rect) {
    let last = drawn.last_scroll();
    let scroll = model.scroll.min(last);
    let place = match (last, scroll) {
        (0, _) => String::new(),
        (_, 0) => " ↓ more ".to_owned(),
        (last, at) if at == last => " end ".to_owned(),
        (last, at) => format!(" {}% ", at * 100 / last),
    };
    let width = usize::from(area.width).saturating_sub(place.chars().count());
    frame.render_widget(
        Line::from(vec![
            Span::styled("─".repeat(width), DIM),
            Span::styled(place, DIM),
        ]),
        area,
    );
    let text = if model.search.is_typing {
        let what = if model.page == Page::List {
            "filter"
        } else {
            "search"
        };
        format!("{what}: {}▏", render::on_a_line(&model.search.words))
    } else if let Some(notice) = &model.notice {
        render::on_a_line(notice)
    } else if model.search.is_active() {
        format!(
            "{}: {} found",
            render::on_a_line(&model.search.words),
            drawn.matches.len()
        )
    } else {
        return;
    };
    // A long notice covers the last lines of the page.
    let width = usize::from(area.width).saturating_sub(2);
    let mut lines = Document::new(width);
    lines.add(&on_screen::sentence(&text, width));
    let count = u16::try_from(lines.lines.len()).unwrap_or(1).max(1);
    let top = area.y.saturating_sub(count - 1);
    for (line, y) in lines.lines.into_iter().zip(top..) {
        let row = Rect {
            y,
            height: 1,
            ..area
        };
        if y < area.y {
            frame.render_widget(Clear, row);
        }
        let text = format!(" {line} ");
        frame.render_widget(Span::styled(text, BOLD), row);
    }
}

/// The chapter, the steps with their times, the tests, and the last verdicts.
fn draw_aside(frame: &mut Frame<'_>, state: &State, now: Instant, area: Rect) {
    let mut lines: Vec<Line<'static>> = Vec::new();
    chapter(&mut lines, state);
    steps(&mut lines, state, now);
    tests(&mut lines, state, usize::from(area.height));
    saves(&mut lines, state, usize::from(area.height));
    frame.render_widget(Paragraph::new(lines), area);
}

fn heading(lines: &mut Vec<Line<'static>>, text: &str) {
    if !lines.is_empty() {
        lines.push(Line::default());
    }
    lines.push(Line::styled(format!(" {text}"), BOLD));
}

fn chapter(lines: &mut Vec<Line<'static>>, state: &State) {
    let Some(id) = state.exercise() else {
        return;
    };
    heading(lines, id.chapter().as_str());
    for entry in &state.outline {
        if entry.id.chapter() != id.chapter() {
            continue;
        }
        let (mark, style) = contents::mark(entry);
        let is_current = entry.id == *id;
        let arrow = if is_current { "▸" } else { " " };
        lines.push(Line::from(vec![
            Span::raw(format!(" {arrow}")),
            Span::styled(mark, style),
            Span::styled(
                format!(" {}", entry.id.name().as_str()),
                if is_current { BOLD } else { DIM },
            ),
        ]));
    }
}

fn steps(lines: &mut Vec<Line<'static>>, state: &State, now: Instant) {
    let timings: Vec<(String, f64)> = match (&state.run, state.shown()) {
        (Some(run), _) => {
            let ends = run.steps.iter().skip(1).map(|next| next.since);
            let times = run.steps.iter().zip(ends.chain([now]));
            times
                .map(|(step, end)| {
                    let took = end.saturating_duration_since(step.since);
                    (step.step.name().to_owned(), took.as_secs_f64())
                })
                .collect()
        }
        (None, Some(verdict)) => verdict
            .timings
            .iter()
            .filter(|timing| Step::is_name(&timing.step) && timing.milliseconds >= WORTH_SHOWING)
            .map(|timing| (timing.step.clone(), timing.milliseconds / 1e3))
            .collect(),
        (None, None) => return,
    };
    heading(lines, "Steps");
    for (name, seconds) in timings {
        lines.push(Line::from(vec![
            Span::raw(format!("  {:<20}", name.replace('_', " "))),
            Span::styled(format!("{seconds:>8.2} s"), DIM),
        ]));
    }
}

/// Shorter steps aren't worth a line, in milliseconds.
const WORTH_SHOWING: f64 = 20.0;

/// How many failed tests are named even if there's hardly any room.
const FAILED: usize = 4;

/// The lines of that column below the failed tests.
const BELOW_TESTS: usize = 8;

fn tests(lines: &mut Vec<Line<'static>>, state: &State, height: usize) {
    let Some(verdict) = state.shown().filter(|verdict| !verdict.tests.is_empty()) else {
        return;
    };
    heading(lines, "Tests");
    let failed = || {
        verdict
            .tests
            .iter()
            .filter(|test| test.outcome == Outcome::Failed)
    };
    let most = height.saturating_sub(lines.len() + BELOW_TESTS).max(FAILED);
    for test in failed().take(most) {
        let mut short = test.clone();
        // The file is on the page; the name says more.
        if let Some((_, name)) = test.id.rsplit_once("::") {
            name.clone_into(&mut short.id);
        }
        let room = usize::from(ASIDE) - 4;
        if short.id.chars().count() > room {
            short.id = short.id.chars().take(room - 1).chain(['…']).collect();
        }
        lines.push(contents::test(&short));
    }
    match failed().count().saturating_sub(most) {
        0 => {}
        more => lines.push(Line::styled(format!("   and {more} more failed"), DIM)),
    }
    let passed = verdict
        .tests
        .iter()
        .filter(|test| test.outcome == Outcome::Passed)
        .count();
    if passed > 0 {
        lines.push(Line::from(vec![
            Span::styled(" ✓ ", GOOD),
            Span::styled(format!("{passed} passed"), DIM),
        ]));
    }
}

fn saves(lines: &mut Vec<Line<'static>>, state: &State, height: usize) {
    let room = height.saturating_sub(lines.len() + 2);
    if state.history.len() < 2 || room == 0 {
        return;
    }
    heading(lines, "Verdicts");
    for judged in state.history.iter().take(room) {
        let (mark, style) = contents::mark_of_status(judged.verdict.status);
        lines.push(Line::from(vec![
            Span::styled(format!("  {}  ", clock::time(judged.at)), DIM),
            Span::styled(mark, style),
            Span::raw(format!(" {}", voice::heading(&judged.verdict))),
        ]));
    }
}
