//! Runs the test programs that cargo built, and reads what libtest prints.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use diagnostic::SourceLocation;

use super::panics;
use super::{End, FailedTest, Failure, Suite};
use crate::event::Event;
use crate::process::{Ended, run_watched};
use crate::system::{Cancel, Command, Limits, Stream, System};
use crate::verdict::{Outcome, Test};

/// A test program.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    /// Its target's name, the first part of its tests' identifiers.
    pub(crate) target: String,
    /// The program with its arguments; a path, or `cargo` for documentation tests.
    pub(crate) command: Vec<OsString>,
    /// Where it runs: the package's directory, as under `cargo test`.
    pub(crate) cwd: PathBuf,
    pub(crate) env: BTreeMap<OsString, OsString>,
    pub(crate) limit: Duration,
    pub(crate) limits: Limits,
}

/// Runs a program to its end. Where it cannot be started there is nothing to say of the tests.
pub(crate) fn run(
    system: &dyn System,
    program: &Program,
    shown: &dyn Fn(&str) -> String,
    cancel: &Cancel,
    tell: &dyn Fn(Event),
) -> io::Result<Suite> {
    let Some((first, rest)) = program.command.split_first() else {
        return Ok(Suite::unusable("there is no test program"));
    };
    let command = Command {
        limits: program.limits,
        ..Command::new(first, &program.cwd)
            .args(rest.iter().cloned())
            .envs(&program.env)
    };
    let mut reader = Reader::default();
    let finished = run_watched(
        system,
        &command,
        program.limit,
        cancel,
        &mut |stream, line| {
            if stream == Stream::Stdout
                && let Some(test) = reader.line(line, &program.target)
            {
                tell(Event::Tested(test));
            }
        },
    )?;
    let stdout = finished.stdout.text();
    let stderr = finished.stderr.text();
    let end = match finished.ended {
        Ended::Cancelled => End::Cancelled,
        Ended::TimedOut => End::TimedOut {
            limit: program.limit,
        },
        Ended::Exited(exit) => super::python::limit_in(&stderr).unwrap_or(match exit {
            crate::system::Exit::Code(status) if reader.concluded => End::Finished { status },
            exit => End::Died { exit },
        }),
    };
    let mut suite = Suite {
        failed: failures(&stdout, &stderr, &reader.tests, &program.target, shown),
        running: None,
        tests: reader.tests,
        last_seen: None,
        trace: String::new(),
        output: format!("{stdout}\n{stderr}").trim().to_owned(),
        timings: Vec::new(),
        end,
    };
    for test in &mut suite.tests {
        if let Some(failed) = suite.failed.iter().find(|failed| failed.id == test.id) {
            let (place, message) = failed.failure.place_and_text();
            test.place = place;
            test.message = Some(message);
        }
    }
    Ok(suite)
}

/// What libtest printed so far.
#[derive(Debug, Default)]
struct Reader {
    tests: Vec<Test>,
    /// Whether the closing line was seen: a program that ends without it ended itself.
    concluded: bool,
}

impl Reader {
    fn line(&mut self, line: &str, target: &str) -> Option<Test> {
        if line.starts_with("test result: ") {
            self.concluded = true;
            return None;
        }
        let (name, result) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
        let outcome = match result {
            "ok" => Outcome::Passed,
            "FAILED" => Outcome::Failed,
            _ if result.starts_with("ignored") => Outcome::Skipped,
            _ => return None,
        };
        let name = name.strip_suffix(" - should panic").unwrap_or(name);
        let test = Test {
            id: format!("{target}::{name}"),
            outcome,
            milliseconds: None,
            place: None,
            message: None,
        };
        self.tests.push(test.clone());
        Some(test)
    }
}

/// The failures, from the sections `---- name stdout ----` that libtest prints at the end.
fn failures(
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
                failure,
                text: section,
            }
        })
        .collect()
}

/// Where an example of the documentation stands, by its name `src/lib.rs - item (line 3)`. What its panic names is a file
/// that rustdoc made and that is gone by now.
fn example_place(name: &str, shown: &dyn Fn(&str) -> String) -> Option<SourceLocation> {
    let (file, rest) = name.split_once(" - ")?;
    let (_, line) = rest.rsplit_once("(line ")?;
    let line = line.split(')').next()?.parse().ok()?;
    Some(SourceLocation::line(shown(file), line))
}

/// An assertion's panic is the test's own word; any other is the code's.
fn of_panic(panic: &panics::Panic, shown: &dyn Fn(&str) -> String) -> Failure {
    let place = Some(SourceLocation {
        file: shown(&panic.place.file),
        ..panic.place.clone()
    });
    if panic.is_todo() {
        Failure::Todo { place }
    } else if panic.text.starts_with("assertion ") {
        Failure::Assertion {
            text: panic.text.clone(),
            place,
        }
    } else {
        Failure::Panicked {
            text: panic.text.clone(),
            place,
        }
    }
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

/// How to link a test program of an extension against the interpreter's library: extension modules leave Python's
/// symbols to the process that loads them, and a test program has no such process around it.
pub(crate) fn link_arguments(
    system: &dyn System,
    interpreter: &crate::interpreter::Interpreter,
) -> Vec<String> {
    use crate::system::SystemExt;
    let mut args = Vec::new();
    let mut link = |arg: String| {
        args.push("-C".to_owned());
        args.push(format!("link-arg={arg}"));
    };
    if let (Some(dir), Some(library)) = (&interpreter.library_dir, &interpreter.library) {
        let file = dir.join(library);
        if system.is_file(&file) {
            link(file.display().to_string());
            if Path::new(library)
                .extension()
                .is_some_and(|ending| ending == "a")
            {
                // A static libpython leaves its own needs to the program (`python3-config --ldflags --embed`).
                for needed in interpreter.link_with.split_ascii_whitespace() {
                    link(needed.to_owned());
                }
                if cfg!(target_os = "linux") {
                    link("-Wl,--export-dynamic".to_owned());
                }
            } else {
                link(format!("-Wl,-rpath,{}", dir.display()));
            }
            return args;
        }
    }
    // Without a libpython the tests that do not touch Python still run.
    if cfg!(target_os = "linux") {
        link("-Wl,--unresolved-symbols=ignore-all".to_owned());
    } else if cfg!(target_os = "macos") {
        link("-Wl,-undefined,dynamic_lookup".to_owned());
    }
    args
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
    fn the_outcomes_and_the_failure_are_read() {
        let mut reader = Reader::default();
        for line in OUTPUT.lines() {
            reader.line(line, "x");
        }
        assert!(reader.concluded);
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
