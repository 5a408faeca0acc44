//! `wr` itself, and its verdicts.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use engine::{Status, Verdict};
use serde::Deserialize;

use super::program::{self, Ended};

/// The first command of a course compiles PyO3, on a slow machine and alongside other tests.
const LIMIT: Duration = Duration::from_mins(10);

/// `wr`, as if installed, run in `dir`.
pub fn command(dir: &Path) -> Command {
    program::command(env!("CARGO_BIN_EXE_wr"), dir)
}

/// `wr check` of an exercise with a fresh verdict: these tests aren't about what `wr` remembers.
pub fn check(root: &Path, exercise: &str) -> Command {
    let mut command = command(root);
    command.args(["check", exercise, "--recheck"]);
    command
}

/// Runs a `wr` command to completion.
pub fn run(command: &mut Command) -> Ended {
    program::run(command, LIMIT)
}

#[derive(Deserialize)]
struct Document {
    verdicts: Vec<Verdict>,
}

/// The only verdict of a command with `--format json`; its exit status must match.
#[track_caller]
pub fn verdict(ended: &Ended) -> Verdict {
    let document: Document = serde_json::from_str(&ended.stdout)
        .unwrap_or_else(|error| panic!("this isn't a verdict in JSON: {error}\n{ended}"));
    let [verdict] = <[Verdict; 1]>::try_from(document.verdicts)
        .unwrap_or_else(|all| panic!("one verdict was expected, not {}\n{ended}", all.len()));
    assert!(
        !verdict.remembered,
        "the verdict is not of this run\n{ended}"
    );
    let expected = i32::from(verdict.status != Status::Solved);
    assert_eq!(
        ended.code(),
        Some(expected),
        "the exit status does not fit the verdict\n{ended}"
    );
    verdict
}

/// The names of the rules behind a verdict's findings.
pub fn rules(verdict: &Verdict) -> Vec<&'static str> {
    let all = || anatomy::RULES.iter().copied().chain(engine::rules());
    let name = |code: &str| {
        let rule = all().find(|rule| rule.code().as_str() == code);
        rule.map_or("no rule", |rule| rule.name())
    };
    verdict
        .diagnostics
        .iter()
        .map(|finding| name(finding.code.as_str()))
        .collect()
}

/// The codes of a verdict's findings.
pub fn codes(verdict: &Verdict) -> Vec<String> {
    verdict
        .diagnostics
        .iter()
        .map(|finding| finding.code.to_string())
        .collect()
}
