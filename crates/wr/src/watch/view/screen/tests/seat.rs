//! A learner in front of a screen that is drawn without a terminal.

use std::rc::Rc;
use std::time::{Duration, Instant, SystemTime};

use crossterm::event::{KeyCode, KeyEvent};
use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};
use engine::{Outcome, RawOutput, Status, Test, Timing, Verdict};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use super::super::{Reader, clock, frame};
use crate::outline::Entry;
use crate::watch::ask::Ask;
use crate::watch::event::{Ended, Event, Watched};
use crate::watch::state::State;

/// The rule with this code.
pub(super) fn rule(code: &str) -> &'static Rule {
    crate::rules::find(&code.parse().unwrap()).unwrap()
}

pub(super) const SOURCE: &str = "use pyo3::prelude::*;

#[pyfunction]
fn reading(line: &str) -> Option<Reading<'_>> {
    parse(line)
}
";

/// A learner in front of a screen.
pub(super) struct Seat {
    pub(super) reader: Reader,
    pub(super) state: State,
    pub(super) root: tempfile::TempDir,
    pub(super) began: Instant,
}

impl Seat {
    /// In the second exercise of a course.
    pub(super) fn in_course() -> Self {
        let mut seat = Self::at(Watched::Exercise {
            id: "01_intro/02_modules".parse().unwrap(),
            hints_seen: Vec::new(),
            hints: 2,
        });
        let entry = |id: &str, state, has_seen_solution| Entry {
            id: id.parse().unwrap(),
            state,
            has_seen_solution,
        };
        seat.happens(&Event::Progress(vec![
            entry("01_intro/00_welcome", Some(true), false),
            entry("01_intro/01_setup", Some(true), true),
            entry("01_intro/02_modules", Some(false), false),
            entry("02_classes/00_pyclass", None, false),
        ]));
        seat
    }

    pub(super) fn at(subject: Watched) -> Self {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("src")).unwrap();
        std::fs::write(root.path().join("src/lib.rs"), SOURCE).unwrap();
        let mut seat = Self {
            reader: Reader::default(),
            state: State::default(),
            root,
            began: Instant::now(),
        };
        let event = Event::Watching {
            root: seat.root.path().to_owned(),
            subject,
        };
        seat.happens(&event);
        seat
    }

    pub(super) fn happens(&mut self, event: &Event) {
        self.state.apply(event);
        self.reader.take(event, &self.state);
    }

    pub(super) fn starts(&mut self, generation: u64) {
        let at = self.began;
        self.happens(&Event::Started { generation, at });
    }

    pub(super) fn reports(&mut self, generation: u64, event: engine::Event, after: u64) {
        let at = self.began + Duration::from_millis(after);
        self.happens(&Event::Engine {
            generation,
            event,
            at,
        });
    }

    pub(super) fn judged(&mut self, generation: u64, verdict: Verdict) {
        self.starts(generation);
        self.happens(&Event::Ended {
            generation,
            result: Ended::Judged(Rc::new(verdict)),
            at: SystemTime::UNIX_EPOCH + Duration::from_hours(1),
        });
    }

    pub(super) fn press(&mut self, code: KeyCode) -> Option<Ask> {
        let drawn = self.reader.drawn.clone();
        self.reader
            .model
            .press(KeyEvent::from(code), &self.state, &drawn)
    }

    pub(super) fn types(&mut self, keys: &str) -> Option<Ask> {
        let asked = keys.chars().map(|key| self.press(KeyCode::Char(key)));
        asked.last().flatten()
    }

    /// The screen's letters.
    pub(super) fn shows(&mut self, width: u16, height: u16) -> String {
        self.shows_after(width, height, Duration::ZERO)
    }

    pub(super) fn shows_after(&mut self, width: u16, height: u16, after: Duration) -> String {
        let buffer = self.drawn(width, height, after);
        let rows = (0..height).map(|y| {
            let row: String = (0..width).map(|x| letters(&buffer, x, y)).collect();
            row.trim_end().to_owned()
        });
        let text = rows.collect::<Vec<_>>().join("\n");
        // Where the tests run, and what time it is there.
        let text = text.replace(&self.root.path().display().to_string(), "ROOT");
        let clock = clock::time(SystemTime::UNIX_EPOCH + Duration::from_hours(1));
        text.replace(&clock, "HH:MM:SS")
    }

    pub(super) fn drawn(&mut self, width: u16, height: u16, after: Duration) -> Buffer {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let now = self.began + after;
        let (reader, state) = (&mut self.reader, &self.state);
        terminal
            .draw(|frame| {
                reader.drawn = frame::draw(frame, &reader.model, state, &reader.sources, now);
                reader.model.scroll = reader.model.scroll.min(reader.drawn.last_scroll());
            })
            .unwrap();
        terminal.backend().buffer().clone()
    }
}

/// What a cell shows, without the address that it links to.
pub(super) fn letters(buffer: &Buffer, x: u16, y: u16) -> String {
    let symbol = buffer[(x, y)].symbol();
    anstream::adapter::strip_str(symbol).to_string()
}

pub(super) fn verdict(status: Status, diagnostics: Vec<Diagnostic>, tests: Vec<Test>) -> Verdict {
    Verdict {
        exercise: "01_intro/02_modules".to_owned(),
        status,
        diagnostics,
        tests,
        python: None,
        pythons: Vec::new(),
        timings: vec![
            Timing::new("build", Duration::from_millis(220)),
            Timing::new("python_tests", Duration::from_millis(90)),
            Timing::new("python_tests/run", Duration::from_millis(80)),
        ],
        output: Vec::new(),
        remembered: false,
    }
}

pub(super) fn test(id: &str, outcome: Outcome) -> Test {
    Test {
        id: id.to_owned(),
        outcome,
        milliseconds: Some(2.0),
        place: None,
        message: None,
    }
}

pub(super) fn does_not_build() -> Verdict {
    let first = rule("WR0351")
        .finding("`Reading` cannot be converted to a Python object (E0277)")
        .because(Evidence::at(SourceLocation::column("src/lib.rs", 4, 27)))
        .hint("derive `IntoPyObject` for `Reading`, or return a tuple");
    let second = rule("WR0351")
        .finding("cannot find function `parse` in this scope (E0425)")
        .because(Evidence::at(SourceLocation::column("src/lib.rs", 5, 5)));
    verdict(Status::DoesNotCompile, vec![first, second], Vec::new())
}

pub(super) fn fails() -> Verdict {
    let finding = rule("WR0353")
        .finding("tests/test_prices.py::test_prices failed")
        .because(Evidence::at_text(
            SourceLocation::line("tests/test_prices.py", 7),
            "assert (0, 1) == (None, 1)\n  \n  At index 0 diff: 0 != None",
        ));
    let tests = vec![
        test("tests/test_prices.py::test_names", Outcome::Passed),
        test("tests/test_prices.py::test_prices", Outcome::Failed),
    ];
    let mut verdict = verdict(Status::TestsFail, vec![finding], tests);
    verdict.output.push(RawOutput {
        from: "tests".to_owned(),
        text: (1..=90).map(|line| format!("line {line}\n")).collect(),
        excerpt: Some("line 1\nline 2".to_owned()),
        ends_with_cause: false,
    });
    verdict
}

pub(super) fn solved() -> Verdict {
    verdict(
        Status::Solved,
        Vec::new(),
        vec![test("tests/test_it.py::test_a", Outcome::Passed)],
    )
}
