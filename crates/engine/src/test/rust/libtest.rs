//! Parses libtest's output, line by line, and the failures at its end.

use diagnostic::SourceLocation;

use crate::event::Event;
use crate::test::panics;
use crate::test::{FailedTest, Failure};
use crate::verdict::{Outcome, Test};

/// What libtest has printed so far.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) tests: Vec<Test>,
    /// How many opening lines there were, and how many tests they announced in total. Doctests come in several groups.
    opened: usize,
    pub(super) announced: usize,
    /// How many closing lines there were: a program without one exited by itself.
    closed: usize,
}

impl Reader {
    /// Whether the output is libtest's at all. A target with `harness = false` is a program with its own `main`, which passes if it
    /// exits successfully (cargo book, "Cargo Targets").
    pub(super) fn is_libtest(&self) -> bool {
        self.opened > 0 || self.closed > 0
    }

    /// Whether the program reached the end that it announced.
    pub(super) fn is_whole(&self) -> bool {
        self.opened == self.closed
    }

    /// Whether a program exited successfully before it had run everything that it announced.
    pub(super) fn is_short(&self) -> bool {
        self.is_libtest() && self.is_whole() && self.tests.len() < self.announced
    }

    /// Puts the tests into the order of their names, in which libtest starts them. They end in another order in every run, because
    /// they run in several threads.
    pub(super) fn sort(&mut self) {
        self.tests.sort_by(|one, other| one.id.cmp(&other.id));
    }

    /// Reads a line, and returns what it reports.
    pub(super) fn line(&mut self, line: &str, target: &str) -> Option<Event> {
        if line.starts_with("test result: ") {
            self.closed += 1;
            return None;
        }
        if let Some(count) = announced(line) {
            self.opened += 1;
            self.announced += count;
            return Some(Event::Collected { count });
        }
        let (name, outcome) = result(line).or_else(|| {
            // Output of the code without a newline may come before it.
            let at = line.rfind("test ")?;
            result(line.get(at..)?).filter(|(name, _)| is_path(name))
        })?;
        let test = Test {
            id: format!("{target}::{name}"),
            outcome,
            milliseconds: None,
            place: None,
            message: None,
        };
        self.tests.push(test.clone());
        Some(Event::Tested(test))
    }
}

/// The number in `running 3 tests`.
fn announced(line: &str) -> Option<usize> {
    let (count, what) = line.strip_prefix("running ")?.split_once(' ')?;
    matches!(what, "test" | "tests").then(|| count.parse().ok())?
}

/// The name and the outcome in `test tests::adds ... ok`.
fn result(line: &str) -> Option<(&str, Outcome)> {
    let (name, result) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    let outcome = match result {
        "ok" => Outcome::Passed,
        "FAILED" => Outcome::Failed,
        _ if result.starts_with("ignored") => Outcome::Skipped,
        _ => return None,
    };
    let name = name.strip_suffix(" - should panic").unwrap_or(name);
    Some((name, outcome))
}

fn is_path(name: &str) -> bool {
    name.chars()
        .all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | ':'))
}

/// The failures, from the sections `---- name stdout ----` that libtest prints at the end.
pub(super) fn failures(
    stdout: &str,
    stderr: &str,
    tests: &[Test],
    target: &str,
    shown: &dyn Fn(&str) -> String,
) -> Vec<FailedTest> {
    tests
        .iter()
        .filter(|test| test.outcome == Outcome::Failed)
        .map(|test| {
            let name = test
                .id
                .strip_prefix(target)
                .and_then(|rest| rest.strip_prefix("::"))
                .unwrap_or(&test.id);
            let section = section(stdout, name);
            let panic = panics::find(&section)
                .into_iter()
                .next()
                .or_else(|| panics::find(stderr).into_iter().next());
            let mut failure = match panic {
                Some(panic) => of_panic(&panic, shown),
                None => Failure::Raised {
                    text: section.lines().last().unwrap_or("it failed").to_owned(),
                    place: None,
                },
            };
            if let Some(place) = example_place(name, shown) {
                failure.move_to(place);
            }
            FailedTest {
                id: test.id.clone(),
                causes: Vec::new(),
                failure,
                printed: section.clone(),
                text: section,
            }
        })
        .collect()
}

/// The place of a doctest, from its name `src/lib.rs - item (line 3)`. Its panic names a file that rustdoc created and that no
/// longer exists.
fn example_place(name: &str, shown: &dyn Fn(&str) -> String) -> Option<SourceLocation> {
    let (file, rest) = name.split_once(" - ")?;
    let (_, line) = rest.rsplit_once("(line ")?;
    let line = line.split(')').next()?.parse().ok()?;
    Some(SourceLocation::line(shown(file), line))
}

/// A panic from an assertion comes from the test, any other from the code.
fn of_panic(panic: &panics::Panic, shown: &dyn Fn(&str) -> String) -> Failure {
    let place = Some(SourceLocation {
        file: shown(&panic.place.file),
        ..panic.place.clone()
    });
    if panic.is_todo() {
        Failure::Todo { place }
    } else if panic.text.starts_with("assertion ") || is_in_tests(&panic.place.file) {
        Failure::Assertion {
            text: panic.text.clone(),
            place,
        }
    } else {
        Failure::Panicked {
            text: panic.text.clone(),
            inside: panics::owner(&panic.place.file),
            place,
        }
    }
}

/// Whether a file holds tests and nothing else. A panic there is the test's own: an assertion with a message, or an `unwrap`.
fn is_in_tests(file: &str) -> bool {
    let mut dirs = std::path::Path::new(file).iter().rev().skip(1);
    panics::owner(file).is_none() && dirs.any(|dir| dir == "tests")
}

fn section(stdout: &str, name: &str) -> String {
    let begin = format!("---- {name} stdout ----");
    stdout
        .lines()
        .skip_while(|line| *line != begin)
        .skip(1)
        .take_while(|line| !line.starts_with("---- ") && *line != "failures:")
        .collect::<Vec<_>>()
        .join("\n")
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "
running 3 tests
test tests::adds ... FAILED
test tests::left ... ignored, later
test tests::ok ... ok

failures:

---- tests::adds stdout ----

thread 'tests::adds' (77) panicked at 01_intro/x/src/lib.rs:9:9:
assertion `left == right` failed
  left: 1
 right: 2
note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace


failures:
    tests::adds

test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
";

    #[test]
    fn a_panic_in_a_file_of_tests_is_a_failed_test() {
        let failure_at = |file: &str| {
            let output = OUTPUT
                .replace("01_intro/x/src/lib.rs", file)
                .replace("assertion `left == right` failed", "the price is wrong");
            let reader = read(&output.lines().collect::<Vec<_>>());
            let failures = failures(&output, "", &reader.tests, "x", &str::to_owned);
            failures[0].failure.clone()
        };
        let is_assertion = |file: &str| matches!(failure_at(file), Failure::Assertion { .. });
        assert!(is_assertion("01_intro/x/tests/prices.rs"));
        assert!(is_assertion("tests/prices/main.rs"));
        for file in [
            "src/lib.rs",
            "tests.rs",
            "/rustc/0123/library/core/src/tests/x.rs",
        ] {
            assert!(!is_assertion(file), "{file}");
        }
    }

    fn read(lines: &[&str]) -> Reader {
        let mut reader = Reader::default();
        for line in lines {
            reader.line(line, "x");
        }
        reader
    }

    #[test]
    fn a_forged_end_lacks_tests() {
        let lines = ["running 2 tests", "", "test result: ok. 2 passed"];
        assert!(read(&lines).is_short());
        let whole = ["running 1 test", "test a ... ok", "test result: ok."];
        assert!(!read(&whole).is_short());
        assert!(!read(&whole[..2]).is_whole());
    }

    #[test]
    fn output_before_a_result_does_not_hide_it() {
        let reader = read(&["hello test tests::t ... FAILED", "a test of words ... ok"]);
        let [test] = reader.tests.as_slice() else {
            panic!("{:?}", reader.tests);
        };
        assert_eq!(
            (test.id.as_str(), test.outcome),
            ("x::tests::t", Outcome::Failed)
        );
    }

    #[test]
    fn the_order_in_which_threads_finish_is_not_the_order_of_the_tests() {
        let mut reader = read(&["test b ... FAILED", "test a::z ... ok", "test a ... FAILED"]);
        reader.sort();
        let ids: Vec<_> = reader.tests.iter().map(|test| test.id.as_str()).collect();
        assert_eq!(ids, ["x::a", "x::a::z", "x::b"]);
    }

    #[test]
    fn another_harness_is_not_libtest() {
        assert!(!read(&["all 3 scenarios hold"]).is_libtest());
    }

    #[test]
    fn outcomes_and_failures_are_read() {
        let mut reader = Reader::default();
        for line in OUTPUT.lines() {
            reader.line(line, "x");
        }
        assert!(reader.is_libtest() && reader.is_whole() && !reader.is_short());
        let outcomes: Vec<_> = reader
            .tests
            .iter()
            .map(|test| (test.id.as_str(), test.outcome))
            .collect();
        assert_eq!(
            outcomes,
            [
                ("x::tests::adds", Outcome::Failed),
                ("x::tests::left", Outcome::Skipped),
                ("x::tests::ok", Outcome::Passed),
            ]
        );
        let shown = |file: &str| file.replace("01_intro/x/", "");
        let failed = failures(OUTPUT, "", &reader.tests, "x", &shown);
        assert_eq!(failed.len(), 1);
        assert_eq!(
            failed[0].failure,
            Failure::Assertion {
                text: "assertion `left == right` failed\n  left: 1\n right: 2".to_owned(),
                place: Some(SourceLocation::column("src/lib.rs", 9, 9)),
            }
        );
    }
}
