//! Runs the test programs that cargo built, and parses libtest's output.

mod libtest;
mod link;
pub(crate) mod printed;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use self::libtest::{Reader, failures};
pub(crate) use self::link::{link_arguments, unlinked};
use super::{End, FailedTest, Failure, Suite};
use crate::event::Event;
use crate::process::{Ended, run_watched};
use crate::system::{Cancel, Command, Exit, Limits, Stream, System};
use crate::verdict::{Outcome, Test};

/// A test program.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    /// Its target's name, the first part of its tests' identifiers.
    pub(crate) target: String,
    /// The program with its arguments; a path, or `cargo` for doctests.
    pub(crate) command: Vec<OsString>,
    /// Where it runs: the package's directory, as under `cargo test`.
    pub(crate) cwd: PathBuf,
    pub(crate) env: BTreeMap<OsString, OsString>,
    pub(crate) limit: Duration,
    pub(crate) limits: Limits,
}

/// Runs a program to its end. If it can't be started, nothing is known about its tests.
pub(crate) fn run(
    system: &dyn System,
    program: &Program,
    shown: &dyn Fn(&str) -> String,
    cancel: &Cancel,
    emit: &dyn Fn(Event),
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
                && let Some(event) = reader.line(line, &program.target)
            {
                emit(event);
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
            Exit::Code(0) if reader.is_short() => End::Short {
                ran: reader.tests.len(),
                of: reader.announced,
            },
            Exit::Code(status) if reader.is_whole() => End::Finished { status },
            exit => End::Died { exit },
        }),
    };
    reader.sort();
    let mut failed = failures(&stdout, &stderr, &reader.tests, &program.target, shown);
    match end {
        End::Finished { status } if !reader.is_libtest() => {
            let test = whole_program(&program.target, status);
            emit(Event::Tested(test.clone()));
            reader.tests.push(test);
        }
        _ => {}
    }
    // With its own harness, or if libtest couldn't report it, the program as a whole failed.
    if failed.is_empty()
        && let End::Finished { status } = end
        && status != 0
    {
        failed.push(failed_program(&program.target, status, &stdout, &stderr));
    }
    let running = match end {
        // A program with its own `main` would do all of its work again.
        End::TimedOut { .. } if reader.is_libtest() => {
            first_unfinished(system, program, &reader.tests, cancel)
        }
        _ => None,
    };
    let mut suite = Suite {
        failed,
        running,
        tests: reader.tests,
        output: format!("{stdout}\n{stderr}").trim().to_owned(),
        end,
        ..Suite::empty()
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

/// How long a test program may take to list its tests.
const LISTING: Duration = Duration::from_secs(5);

/// The first test, in the order in which libtest starts them, that didn't end: it was running when the time was up. Others may
/// have been running in parallel.
fn first_unfinished(
    system: &dyn System,
    program: &Program,
    ended: &[Test],
    cancel: &Cancel,
) -> Option<String> {
    let first = program.command.first()?;
    // Doctests are compiled one by one, and no program lists them.
    if !std::path::Path::new(first).is_absolute() {
        return None;
    }
    let command = Command {
        limits: program.limits,
        ..Command::new(first, &program.cwd)
            .args(["--list", "--format", "terse"])
            .envs(&program.env)
    };
    let mut unfinished = None;
    run_watched(system, &command, LISTING, cancel, &mut |stream, line| {
        if stream == Stream::Stdout
            && unfinished.is_none()
            && let Some(name) = line.strip_suffix(": test")
        {
            let id = format!("{}::{name}", program.target);
            unfinished = (!ended.iter().any(|test| test.id == id)).then_some(id);
        }
    })
    .ok()?;
    unfinished
}

/// A program that is one test.
fn whole_program(target: &str, status: i32) -> Test {
    Test {
        id: target.to_owned(),
        outcome: if status == 0 {
            Outcome::Passed
        } else {
            Outcome::Failed
        },
        milliseconds: None,
        place: None,
        message: None,
    }
}

fn failed_program(target: &str, status: i32, stdout: &str, stderr: &str) -> FailedTest {
    let last = |text: &str| {
        let line = text.lines().rev().find(|line| !line.trim().is_empty());
        line.map(str::to_owned)
    };
    FailedTest {
        id: target.to_owned(),
        causes: Vec::new(),
        failure: Failure::Raised {
            text: last(stderr)
                .or_else(|| last(stdout))
                .unwrap_or_else(|| format!("it exited with status {status}")),
            place: None,
        },
        text: format!("{stdout}\n{stderr}").trim().to_owned(),
        // Its output is the report.
        printed: String::new(),
    }
}
