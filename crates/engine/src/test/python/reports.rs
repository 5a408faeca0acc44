//! Converts pytest's reports to tests and failures.

use std::path::Path;

use diagnostic::SourceLocation;

use super::did_not_raise;
use super::fixture;
use super::last_line_in;
use super::protocol::{NotImported, Origin, Raised, Report};
use crate::system::Exit;
use crate::test::panics::{self, Panic};
use crate::test::{FailedTest, Failure, Known, Loaded, Skip, Suite};
use crate::verdict::{Outcome, Test};

/// Converts places for display.
pub(super) struct Shown<'a> {
    /// The subject's root: Python's absolute paths are shown relative to it.
    pub(super) root: &'a Path,
    /// Converts a path in a panic, which is relative to the directory where cargo ran rustc.
    pub(super) panic_file: &'a dyn Fn(&str) -> String,
}

impl Shown<'_> {
    fn python(&self, file: &str, line: u32) -> SourceLocation {
        let path = Path::new(file);
        let shown = path.strip_prefix(self.root).unwrap_or(path);
        SourceLocation::line(shown.display().to_string(), line)
    }

    fn panic(&self, panic: &Panic) -> SourceLocation {
        SourceLocation {
            file: (self.panic_file)(&panic.place.file),
            ..panic.place.clone()
        }
    }
}

/// The test in a report.
pub(super) fn test(report: &Report, shown: &Shown<'_>) -> Test {
    let outcome = match report.outcome.as_str() {
        "passed" => Outcome::Passed,
        "skipped" if report.xfail.is_some() => Outcome::XFailed,
        "skipped" => Outcome::Skipped,
        _ => Outcome::Failed,
    };
    let crash = report.crash.as_ref().filter(|_| outcome == Outcome::Failed);
    Test {
        id: report.id.clone(),
        outcome,
        milliseconds: Some((report.seconds * 1e6).round() / 1e3),
        place: crash.map(|crash| shown.python(&crash.file, crash.line)),
        message: crash.map(|crash| without_flags(&crash.text)),
    }
}

/// Why a test or a file was skipped.
pub(super) fn skip(report: &Report) -> Skip {
    // pytest gives the place and the reason as the text of a tuple: `('/p/test_a.py', 3, 'Skipped: no numpy')`.
    let text = report
        .crash
        .as_ref()
        .map_or(&*report.text, |crash| &crash.text);
    let reason = text.split_once("Skipped: ").map_or(text, |(_, rest)| rest);
    Skip {
        id: report.id.clone(),
        reason: reason.trim_end_matches(['\'', '"', ')']).to_owned(),
    }
}

/// Records where the extension came from, or that it can't be imported.
pub(super) fn imported(
    suite: &mut Suite,
    module: Option<&str>,
    found: &[Origin],
    error: Option<NotImported>,
    shown: &Shown<'_>,
) {
    let loaded = found.iter().map(|origin| loaded(origin, shown));
    suite.loaded.extend(loaded);
    let failed = module.zip(error);
    suite
        .failed
        .extend(failed.map(|(module, error)| not_imported(module, error)));
}

/// Where a module came from.
fn loaded(origin: &Origin, shown: &Shown<'_>) -> Loaded {
    let path = Path::new(&origin.place);
    Loaded {
        module: origin.module.clone(),
        origin: path
            .strip_prefix(shown.root)
            .unwrap_or(path)
            .display()
            .to_string(),
        is_fresh: origin.is_fresh,
    }
}

/// The id used instead of a test's if only the extension is imported.
pub(crate) fn import_of(module: &str) -> String {
    format!("import {module}")
}

/// The failure if the extension can't be imported and no test had tried to.
fn not_imported(module: &str, error: NotImported) -> FailedTest {
    FailedTest {
        id: import_of(module),
        causes: Vec::new(),
        text: String::new(),
        printed: String::new(),
        failure: Failure::Import {
            text: error.text,
            module: error.name,
            place: None,
            known: Known {
                offered: error.offered,
                defined: None,
            },
        },
    }
}

/// The signal in pytest-forked's report of a test whose process crashed.
fn signal_of_fork(text: &str) -> Option<i32> {
    let (_, rest) = text.split_once(": running the test CRASHED with signal ")?;
    rest.lines().next()?.trim().parse().ok()
}

/// How a test's process exited, if it was one of several and exited during the test.
fn of_worker(report: &Report, printed: &str, shown: &Shown<'_>) -> Option<Failure> {
    let exit = match (report.signal, report.status) {
        (Some(signal), _) => Exit::Signal(signal),
        (None, Some(status)) => Exit::Code(status),
        (None, None) => Exit::Signal(signal_of_fork(&report.text)?),
    };
    // If several workers crashed, this report is about the last one.
    let trace = printed
        .rfind("Fatal Python error")
        .map_or("", |at| &printed[at..]);
    Some(Failure::WorkerEnded {
        exit,
        place: last_line_in(trace, shown.root),
        trace: trace.to_owned(),
    })
}

/// The failure of a report; `printed` is what the run printed outside pytest's capture.
pub(super) fn failure(report: &Report, printed: &str, shown: &Shown<'_>) -> FailedTest {
    let captured: String = report
        .printed
        .iter()
        .map(|(_, text)| text.as_str())
        .collect::<Vec<_>>()
        .join("\n");
    let panic = panics::find(&captured)
        .pop()
        .or_else(|| panics::find(printed).pop());
    let crash = report
        .crash
        .as_ref()
        .map(|crash| shown.python(&crash.file, crash.line));
    let of_worker = of_worker(report, printed, shown);
    let failure = match (of_worker, &report.error) {
        (Some(failure), _) => failure,
        (None, Some(raised)) => of_exception(raised, panic.as_ref(), crash, report, shown),
        (None, None) => Failure::Raised {
            text: report.text.clone(),
            place: crash,
        },
    };
    let mut text = without_flags(&report.text);
    for (title, printed) in &report.printed {
        text.push_str(&format!("\n--- {title} ---\n{printed}"));
    }
    let causes = report.error.as_ref().map(|raised| raised.causes.clone());
    FailedTest {
        id: report.id.clone(),
        failure,
        causes: causes.unwrap_or_default(),
        text,
        printed: captured,
    }
}

fn of_exception(
    raised: &Raised,
    panic: Option<&Panic>,
    crash: Option<SourceLocation>,
    report: &Report,
    shown: &Shown<'_>,
) -> Failure {
    let place = raised
        .place
        .as_ref()
        .map(|place| shown.python(&place.file, place.line));
    let text = whole_text(raised);
    match raised.kind.as_str() {
        "PanicException" => {
            // The exception has the panic's message, and the panic's own line on standard error has its place.
            let rust = panic
                .filter(|panic| panic.text == raised.text || raised.text.is_empty())
                .or(panic)
                .map(|panic| shown.panic(panic));
            // For a panic in the standard library, such as in `sum`, the place is where the test calls.
            let inside = rust.as_ref().and_then(|rust| panics::owner(&rust.file));
            let place = match rust {
                Some(_) if inside.is_some() && place.is_some() => place,
                other => other,
            };
            if panics::is_todo(&raised.text) {
                Failure::Todo { place }
            } else {
                Failure::Panicked {
                    text: raised.text.clone(),
                    place,
                    inside,
                }
            }
        }
        "NotImplementedError" => Failure::Todo { place },
        "AssertionError" => Failure::Assertion {
            text: report.crash.as_ref().map_or_else(
                || without_flags(&raised.text),
                |crash| without_flags(&crash.text),
            ),
            place: crash.or(place),
        },
        "ImportError" | "ModuleNotFoundError" if report.when == "collect" || is_import(raised) => {
            Failure::Import {
                text,
                module: raised.name.clone(),
                place: place.or(crash),
                known: Known {
                    offered: raised.offered.clone(),
                    defined: None,
                },
            }
        }
        "AttributeError" if raised.name.is_some() && missing_attribute(&text).is_some() => {
            Failure::NoAttribute {
                text,
                place: place.or(crash),
                known: Known {
                    offered: raised.offered.clone(),
                    defined: None,
                },
            }
        }
        // pytest's own failures, which claim to be in `builtins`, where there is no exception with this name.
        "Failed" if raised.module == "builtins" || raised.module.starts_with("_pytest") => {
            match did_not_raise::expected(&raised.text) {
                Some(expected) => Failure::NothingRaised {
                    expected,
                    values: raised.values.clone(),
                    place: place.or(crash),
                },
                None => Failure::Assertion {
                    text: raised.text.clone(),
                    place: place.or(crash),
                },
            }
        }
        _ => Failure::Raised {
            text,
            place: place.or(crash),
        },
    }
}

/// An exception as Python prints it: its type, its text if it has one, and its notes.
fn whole_text(raised: &Raised) -> String {
    let mut text = raised.kind.clone();
    let said = fixture::missing(&raised.kind, &raised.text).unwrap_or_else(|| raised.text.clone());
    if !said.is_empty() {
        text.push_str(": ");
        text.push_str(&said);
    }
    for note in &raised.notes {
        text.push('\n');
        text.push_str(note);
    }
    text
}

/// The name and the module of `AttributeError: module 'm' has no attribute 'f'`.
pub(crate) fn missing_attribute(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("AttributeError: module '")?;
    let (module, rest) = rest.split_once("' has no attribute '")?;
    Some((rest.split('\'').next()?, module))
}

/// pytest's text without advice about flags that pytest has and `wr` doesn't.
fn without_flags(text: &str) -> String {
    text.lines()
        .filter(|line| line.trim_start_matches('E').trim() != "Use -v to get more diff")
        .map(|line| {
            line.split_once(", use '-vv' to show")
                .or_else(|| line.split_once(", use -vv to show"))
                .map_or(line, |(before, _)| before)
        })
        .collect::<Vec<_>>()
        .join("\n")
        .trim_end()
        .to_owned()
}

/// Whether an import error in a running test comes from an import statement of the project, not from a library.
fn is_import(raised: &Raised) -> bool {
    raised.name.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(json: &str) -> Report {
        serde_json::from_str(json).unwrap()
    }

    fn check(json: &str, printed: &str, expect: &Failure) {
        let shown = Shown {
            root: Path::new("/ex"),
            panic_file: &|file| file.replace("01_intro/01_setup/", ""),
        };
        assert_eq!(&failure(&report(json), printed, &shown).failure, expect);
    }

    #[test]
    fn a_todo_and_a_panic_have_their_places() {
        let json = |text: &str| {
            format!(
                r#"{{"id":"t.py::a","outcome":"failed","when":"call","seconds":0.1,"text":"long",
                "printed":[["Captured stderr call","thread '<unnamed>' (1) panicked at 01_intro/01_setup/src/lib.rs:5:5:\n{text}\nnote: x\n"]],
                "error":{{"type":"PanicException","module":"pyo3_runtime","text":"{text}","name":null,"place":null}},
                "crash":{{"file":"/ex/t.py","line":4,"text":"pyo3_runtime.PanicException: {text}"}}}}"#
            )
        };
        let place = Some(SourceLocation::column("src/lib.rs", 5, 5));
        check(
            &json("not yet implemented"),
            "",
            &Failure::Todo {
                place: place.clone(),
            },
        );
        check(
            &json("index out of bounds"),
            "",
            &Failure::Panicked {
                text: "index out of bounds".to_owned(),
                place,
                inside: None,
            },
        );
    }

    #[test]
    fn a_panic_in_the_standard_library_is_shown_at_the_tests_call() {
        check(
            r#"{"id":"t.py::a","outcome":"failed","when":"call","seconds":0.1,"text":"long",
            "printed":[["Captured stderr call","thread '<unnamed>' (1) panicked at /rustc/5980/library/core/src/iter/traits/accum.rs:204:1:\nattempt to add with overflow\nnote: x\n"]],
            "error":{"type":"PanicException","module":"pyo3_runtime","text":"attempt to add with overflow","name":null,"place":{"file":"/ex/t.py","line":7}},
            "crash":null}"#,
            "",
            &Failure::Panicked {
                text: "attempt to add with overflow".to_owned(),
                place: Some(SourceLocation::line("t.py", 7)),
                inside: Some("the standard library".to_owned()),
            },
        );
    }

    /// A failure in line 6, with an exception as JSON.
    fn raised(error: &str) -> String {
        format!(
            r#"{{"id":"t.py::a","outcome":"failed","when":"call","seconds":0.1,"text":"long","printed":[],
            "error":{error},"crash":{{"file":"/ex/t.py","line":6,"text":"short"}}}}"#
        )
    }

    #[test]
    fn an_expected_exception_that_is_not_raised_is_a_failure() {
        let check_words = |words: &str, expect: &str| {
            let error = format!(
                r#"{{"type":"Failed","module":"builtins","text":"{words}","name":null,"place":{{"file":"/ex/t.py","line":5}}}}"#
            );
            check(
                &raised(&error),
                "",
                &Failure::NothingRaised {
                    expected: expect.to_owned(),
                    values: Vec::new(),
                    place: Some(SourceLocation::line("t.py", 5)),
                },
            );
        };
        check_words("DID NOT RAISE ValueError", "a `ValueError`");
        let failed = r#"{"type":"Failed","module":"builtins","text":"enough","name":null,"place":{"file":"/ex/t.py","line":5}}"#;
        check(
            &raised(failed),
            "",
            &Failure::Assertion {
                text: "enough".to_owned(),
                place: Some(SourceLocation::line("t.py", 5)),
            },
        );
    }

    #[test]
    fn an_exception_is_shown_as_python_prints_it() {
        let check_text = |text: &str, notes: &str, expect: &str| {
            let error = format!(
                r#"{{"type":"TypeError","module":"builtins","text":"{text}","notes":{notes},"name":null,"place":null}}"#
            );
            check(
                &raised(&error),
                "",
                &Failure::Raised {
                    text: expect.to_owned(),
                    place: Some(SourceLocation::line("t.py", 6)),
                },
            );
        };
        check_text("", "[]", "TypeError");
        check_text(
            "'int' object is not an instance of 'Sequence'",
            r#"["while processing 'parts'"]"#,
            "TypeError: 'int' object is not an instance of 'Sequence'\nwhile processing 'parts'",
        );
    }

    #[test]
    fn only_a_modules_missing_attribute_is_recognised() {
        assert_eq!(
            missing_attribute("AttributeError: module 'shop' has no attribute 'VAT'"),
            Some(("VAT", "shop"))
        );
        assert_eq!(
            missing_attribute("AttributeError: 'shop.Cart' object has no attribute 'VAT'"),
            None
        );
    }

    #[test]
    fn a_test_that_crashed_in_a_fork_is_a_crash() {
        check(
            r#"{"id":"t.py::a","outcome":"failed","when":"call","seconds":0.1,
            "text":"/ex/t.py:4: running the test CRASHED with signal 11","printed":[],"error":null,"crash":null}"#,
            "noise\nFatal Python error: Segmentation fault\n\nCurrent thread 0x1 (most recent call first):\n  File \"/ex/t.py\", line 5 in a\n",
            &Failure::WorkerEnded {
                exit: Exit::Signal(11),
                place: Some(SourceLocation::line("t.py", 5)),
                trace: "Fatal Python error: Segmentation fault\n\nCurrent thread 0x1 (most recent call first):\n  File \"/ex/t.py\", line 5 in a\n".to_owned(),
            },
        );
    }

    #[test]
    fn pytests_flags_are_not_suggested() {
        assert_eq!(
            without_flags(
                "E       assert [1] == [2]\nE         \nE         At index 0 diff: 1 != 2\nE         Use -v to get more diff\n\nt.py:3: AssertionError"
            ),
            "E       assert [1] == [2]\nE         \nE         At index 0 diff: 1 != 2\n\nt.py:3: AssertionError"
        );
        assert_eq!(
            without_flags("...Full output truncated (3 lines hidden), use '-vv' to show"),
            "...Full output truncated (3 lines hidden)"
        );
        assert_eq!(
            without_flags("Omitting 1 identical items, use -vv to show\nDiffering items:"),
            "Omitting 1 identical items\nDiffering items:"
        );
    }

    #[test]
    fn an_assertion_has_its_values() {
        check(
            r#"{"id":"t.py::a","outcome":"failed","when":"call","seconds":0.1,"text":"long","printed":[],
            "error":{"type":"AssertionError","module":"builtins","text":"assert 1 == 2","name":null,"place":{"file":"/ex/t.py","line":4}},
            "crash":{"file":"/ex/t.py","line":4,"text":"assert 1 == 2\n + where 1 = f()"}}"#,
            "",
            &Failure::Assertion {
                text: "assert 1 == 2\n + where 1 = f()".to_owned(),
                place: Some(SourceLocation::line("t.py", 4)),
            },
        );
    }
}
