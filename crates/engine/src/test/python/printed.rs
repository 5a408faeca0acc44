//! Parses pytest's human-readable output, for when a course's own command started pytest instead of the harness.

use std::path::Path;

use super::protocol::{Crash, Place, Raised, Report};
use super::reports::{self, Shown};
use crate::test::{End, FailedTest, Suite};
use crate::verdict::Test;

/// The suite in pytest's output; `None` unless pytest reports in it that something failed.
pub(crate) fn suite(text: &str, root: &Path, panic_file: &dyn Fn(&str) -> String) -> Option<Suite> {
    if !text.lines().any(is_closing) {
        return None;
    }
    let shown = Shown { root, panic_file };
    let blocks = blocks(text);
    let mut ids = summary(text);
    let mut reports: Vec<Report> = blocks
        .iter()
        .filter_map(|block| block.report(&mut ids))
        .collect();
    // With `--tb=line` or `--tb=no` there is only a line; for a file, a block has already reported it.
    let reported: Vec<String> = reports.iter().map(|report| report.id.clone()).collect();
    ids.retain(|id| id.contains("::") && !reported.contains(id));
    reports.extend(ids.into_iter().map(|id| bare(id, text)));
    if reports.is_empty() {
        return None;
    }
    let tests: Vec<Test> = reports
        .iter()
        .map(|report| reports::test(report, &shown))
        .collect();
    let failed: Vec<FailedTest> = reports
        .iter()
        .map(|report| reports::failure(report, "", &shown))
        .collect();
    Some(Suite {
        tests,
        failed,
        end: End::Finished { status: 1 },
        output: text.to_owned(),
        ..Suite::unusable("")
    })
}

/// `==== 1 failed, 2 passed in 0.03s ====`, or the same without the bars.
fn is_closing(line: &str) -> bool {
    let text = line.trim_matches(['=', ' ']);
    let Some((counts, time)) = text.rsplit_once(" in ") else {
        return false;
    };
    let counts_failures = counts.split(", ").any(|count| {
        let parts = count.split_once(' ');
        parts.is_some_and(|(number, what)| {
            number.parse::<u32>().is_ok() && matches!(what, "failed" | "error" | "errors")
        })
    });
    counts_failures && time.starts_with(|first: char| first.is_ascii_digit())
}

/// The identifiers in `FAILED t.py::test_a - text`.
fn summary(text: &str) -> Vec<String> {
    text.lines()
        .filter_map(|line| {
            let rest = line
                .strip_prefix("FAILED ")
                .or_else(|| line.strip_prefix("ERROR "))?;
            let id = rest.split(" - ").next()?.trim();
            id.contains(".py").then(|| id.to_owned())
        })
        .collect()
}

/// A failure with only its line in the summary.
fn bare(id: String, text: &str) -> Report {
    let message = text
        .lines()
        .find_map(|line| line.split_once(&format!("{id} - ")))
        .map_or("it failed", |(_, message)| message);
    Report {
        id,
        outcome: "failed".to_owned(),
        when: "call".to_owned(),
        seconds: 0.0,
        text: message.to_owned(),
        printed: Vec::new(),
        xfail: None,
        error: None,
        crash: None,
        signal: None,
        status: None,
        pythons: Vec::new(),
    }
}

/// The report of one failure.
struct Block<'t> {
    title: &'t str,
    lines: Vec<&'t str>,
}

/// The reports below `==== FAILURES ====` and `==== ERRORS ====`.
fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut all: Vec<Block<'_>> = Vec::new();
    let mut inside = false;
    let mut has_begun = false;
    for line in text.lines() {
        if let Some(title) = between(line, '=') {
            inside = matches!(title, "FAILURES" | "ERRORS");
            has_begun = false;
        } else if inside && let Some(title) = between(line, '_') {
            has_begun = true;
            all.push(Block {
                title,
                lines: Vec::new(),
            });
        } else if has_begun && let Some(last) = all.last_mut() {
            last.lines.push(line);
        }
    }
    all
}

/// The title of a line such as `____ test_a ____`.
fn between(line: &str, bar: char) -> Option<&str> {
    let title = line.trim_matches(bar);
    let bars = line.len() - title.len();
    let title = title.strip_prefix(' ')?.strip_suffix(' ')?;
    // pytest separates the frames of one report with `_ _ _`.
    let is_title = bars >= 2 && line.starts_with(bar) && title.chars().any(char::is_alphanumeric);
    is_title.then_some(title)
}

impl Block<'_> {
    /// The same report as the harness would have sent.
    fn report(&self, ids: &mut Vec<String>) -> Option<Report> {
        let collecting = self.title.strip_prefix("ERROR collecting ");
        let name = self
            .title
            .split_once(" of ")
            .map_or(self.title, |(_, name)| name);
        let message = self.message();
        let places: Vec<Place> = self.lines.iter().filter_map(|line| place(line)).collect();
        let own = |place: &&Place| !place.file.contains("site-packages");
        let own_place = places.iter().rev().find(own).cloned();
        let is_it = |id: &String| {
            id.split_once("::")
                .is_some_and(|(_, rest)| rest.replace("::", ".") == name)
        };
        let id = if let Some(file) = collecting {
            file.trim().to_owned()
        } else if let Some(at) = ids.iter().position(is_it) {
            ids.remove(at)
        } else {
            let file = places.first().map_or("", |place| place.file.as_str());
            format!("{file}::{}", name.replace('.', "::"))
        };
        let error = self.error(&message, own_place.clone());
        let crash = places.last().map(|place| Crash {
            file: place.file.clone(),
            line: place.line,
            text: message.clone(),
        });
        (error.is_some() || crash.is_some()).then(|| Report {
            id,
            outcome: "failed".to_owned(),
            when: if collecting.is_some() {
                "collect"
            } else {
                "call"
            }
            .to_owned(),
            seconds: 0.0,
            text: self.lines.join("\n").trim().to_owned(),
            printed: vec![("Captured".to_owned(), self.captured())],
            xfail: None,
            error,
            crash,
            signal: None,
            status: None,
            pythons: Vec::new(),
        })
    }

    /// The lines marked with `E`, of the last exception.
    fn message(&self) -> String {
        let is_marked = |line: &&str| line.starts_with("E  ");
        let mut marked: Vec<&str> = self
            .lines
            .iter()
            .rev()
            .copied()
            .skip_while(|line| !is_marked(line))
            .take_while(is_marked)
            .map(|line| &line[1..])
            .collect();
        marked.reverse();
        // They are indented like the code above them.
        let indent = |line: &str| line.len() - line.trim_start().len();
        let written = marked.iter().filter(|line| !line.trim().is_empty());
        let least = written.map(|line| indent(line)).min().unwrap_or_default();
        let dedented = marked
            .iter()
            .map(|line| line.get(least..).unwrap_or_default());
        dedented.collect::<Vec<_>>().join("\n")
    }

    /// The exception. Its type comes after its place, `t.py:3: ValueError`, and before its text.
    fn error(&self, message: &str, place: Option<Place>) -> Option<Raised> {
        let behind = self.lines.iter().rev().find_map(|line| {
            let (_, kind) = line.rsplit_once(": ")?;
            self::place(line)?;
            is_type(kind).then_some(kind)
        });
        let first = message.lines().next().unwrap_or_default().trim();
        let (before, text) = match first.split_once(": ") {
            Some((kind, text)) if is_type(kind) => (Some(kind), text),
            None if is_type(first) && behind.is_none_or(|kind| first.ends_with(kind)) => {
                (Some(first), "")
            }
            _ => (None, first),
        };
        let kind = before.or(behind)?;
        let (module, kind) = kind.rsplit_once('.').unwrap_or(("builtins", kind));
        let rest = message.lines().skip(1).map(str::to_owned);
        let is_assertion = kind == "AssertionError";
        Some(Raised {
            kind: kind.to_owned(),
            module: module.to_owned(),
            text: if is_assertion { message } else { text }.to_owned(),
            causes: Vec::new(),
            notes: if is_assertion {
                Vec::new()
            } else {
                rest.collect()
            },
            name: missing_module(text),
            offered: Vec::new(),
            values: Vec::new(),
            place,
        })
    }

    /// What the test printed.
    fn captured(&self) -> String {
        let mut lines = self.lines.iter();
        let is_title =
            |line: &&&str| between(line, '-').is_some_and(|title| title.starts_with("Captured "));
        let mut printed = String::new();
        if lines.any(|line| is_title(&line)) {
            for line in lines.filter(|line| !is_title(line)) {
                printed.push_str(line);
                printed.push('\n');
            }
        }
        printed
    }
}

/// The file and line in `tests/t.py:3: ValueError`, or in `tests/t.py:3: in f`.
fn place(line: &str) -> Option<Place> {
    let (at, _) = line.split_once(": ")?;
    let (file, line) = at.rsplit_once(':')?;
    let is_python = Path::new(file)
        .extension()
        .is_some_and(|ending| ending == "py");
    let is_file = is_python && !file.contains(char::is_whitespace);
    Some(Place {
        file: is_file.then(|| file.to_owned())?,
        line: line.parse().ok()?,
    })
}

fn is_type(text: &str) -> bool {
    let last = text.rsplit('.').next().unwrap_or(text);
    last.starts_with(char::is_uppercase)
        && text
            .chars()
            .all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.'))
}

/// The module in `No module named 'numpy'` or in `cannot import name 'f' from 'm'`.
fn missing_module(text: &str) -> Option<String> {
    let rest = text.strip_prefix("No module named '").or_else(|| {
        Some(
            text.strip_prefix("cannot import name '")?
                .split_once("' from '")?
                .1,
        )
    })?;
    Some(rest.split('\'').next()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::Failure;

    const OUTPUT: &str = "\
============================= test session starts ==============================
collected 3 items

test_it.py FF.                                                           [100%]

=================================== FAILURES ===================================
____________________________________ test_a ____________________________________

    def test_a():
>       assert 1 == 2
E       assert 1 == 2

test_it.py:3: AssertionError
_________________________________ TestX.test_b _________________________________

self = <test_it.TestX object at 0x7f>

    def test_b(self):
>       fill()

test_it.py:8:
_ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _

    def fill():
>       raise ValueError('too full')
E       ValueError: too full

lib.py:2: ValueError
=========================== short test summary info ============================
FAILED test_it.py::test_a - assert 1 == 2
FAILED test_it.py::TestX::test_b - ValueError: too full
========================= 2 failed, 1 passed in 0.02s ==========================
";

    fn read(text: &str) -> Option<Suite> {
        suite(text, Path::new("/ex"), &|file| file.to_owned())
    }

    #[test]
    fn failures_are_read_with_their_places() {
        let read = read(OUTPUT).unwrap();
        let failed: Vec<_> = read
            .failed
            .iter()
            .map(|one| (one.id.as_str(), one.failure.clone()))
            .collect();
        let place = |file: &str, line| Some(diagnostic::SourceLocation::line(file, line));
        let expect = [
            (
                "test_it.py::test_a",
                Failure::Assertion {
                    text: "assert 1 == 2".to_owned(),
                    place: place("test_it.py", 3),
                },
            ),
            (
                "test_it.py::TestX::test_b",
                Failure::Raised {
                    text: "ValueError: too full".to_owned(),
                    place: place("lib.py", 2),
                },
            ),
        ];
        assert_eq!(failed, expect);
    }

    #[test]
    fn a_file_that_cannot_be_imported_is_read() {
        let text = "\
==================================== ERRORS ====================================
_________________________ ERROR collecting test_it.py __________________________
ImportError while importing test module '/ex/test_it.py'.
Traceback:
test_it.py:1: in <module>
    import nowhere
E   ModuleNotFoundError: No module named 'nowhere'
=========================== short test summary info ============================
ERROR test_it.py
1 error in 0.05s
";
        let read = read(text).unwrap();
        let Failure::Import { module, place, .. } = &read.failed[0].failure else {
            panic!("{:?}", read.failed);
        };
        assert_eq!(module.as_deref(), Some("nowhere"));
        assert_eq!(place.as_ref().unwrap().to_string(), "test_it.py:1");
    }

    #[test]
    fn short_reports_are_read_too() {
        let text = "\
=================================== FAILURES ===================================
____________________________________ test_a ____________________________________
test_it.py:19: in test_a
    raise NotImplementedError
E   NotImplementedError
=========================== short test summary info ============================
FAILED test_it.py::test_a - NotImplementedError
========================= 1 failed, 2 passed in 0.02s ==========================
";
        let short = read(text).unwrap();
        assert!(matches!(short.failed[0].failure, Failure::Todo { .. }));
        let line = "\
==================================== ERRORS ====================================
_________________________ ERROR at setup of test_fix __________________________
test_it.py:23: in broken
    raise RuntimeError('no')
E   RuntimeError: no
=================================== FAILURES ===================================
/ex/test_it.py:5: ValueError: too full
=========================== short test summary info ============================
FAILED test_it.py::TestX::test_b - ValueError: too full
ERROR test_it.py::test_fix - RuntimeError: no
===================== 1 failed, 1 passed, 1 error in 0.01s =====================
";
        let line = read(line).unwrap();
        let shown: Vec<_> = line
            .failed
            .iter()
            .map(|one| (one.id.as_str(), one.failure.place_and_text().1))
            .collect();
        let expect = [
            ("test_it.py::test_fix", "RuntimeError: no".to_owned()),
            (
                "test_it.py::TestX::test_b",
                "ValueError: too full".to_owned(),
            ),
        ];
        assert_eq!(shown, expect);
    }

    #[test]
    fn similar_text_is_not_a_failure() {
        assert!(read("==== 3 passed in 0.02s ====").is_none());
        assert!(read("FAILED to connect\n1 failed in the end").is_none());
        assert!(read("the test says: 1 failed in 3 of 4 cases").is_none());
    }
}
