//! Judges how a build ended: it succeeded, the code doesn't compile, or something else stopped it.

use std::time::Duration;

use anatomy::OutputContext;
use diagnostic::{Diagnostic, Rule};

use super::messages::Collected;
use super::{BuildFailureCause, Outcome, excerpt};
use crate::process::{Ended, Finished};
use crate::rules::{self, cargo_failed};
use crate::system::Exit;
use crate::test::End;
use crate::test::python::limit_in;

/// Causes in the machine, not in the code.
const OF_THE_MACHINE: [&Rule; 2] = [
    &anatomy::shared::LINKER_MISSING,
    &anatomy::shared::PYTHON_LIBRARY_MISSING,
];

/// How cargo, rustc and the linking compiler report that a program was killed from outside. A program that crashes gets a
/// different signal.
const KILLED: [&str; 4] = [
    "(signal: 1, SIGHUP",
    "(signal: 9, SIGKILL",
    "(signal: 15, SIGTERM",
    "terminated with signal 9",
];

/// `SIGHUP`, `SIGKILL` and `SIGTERM`.
const FROM_OUTSIDE: [i32; 3] = [1, 9, 15];

/// What cargo prints if it can't reach the network.
const OFFLINE: [&str; 7] = [
    "failed to download",
    "Could not resolve host",
    "Couldn't resolve host",
    "spurious network error",
    "failed to fetch",
    "offline mode",
    "--offline",
];

/// The cause of a failed build if only its output is known, as when maturin called cargo.
pub(crate) fn explain_failure(output: &str) -> Diagnostic {
    let plain = anstream::adapter::strip_str(output).to_string();
    let context = OutputContext::new().speaker("maturin");
    anatomy::explain_output(&plain, &context)
        .into_iter()
        .next()
        .unwrap_or_else(|| cargo_failed::finding(&plain))
}

pub(super) fn judge(finished: &Finished, limit: Duration, collected: Collected) -> Outcome {
    match finished.ended {
        Ended::Cancelled => return Outcome::Cancelled,
        Ended::Exited(exit) if exit.success() => {
            return Outcome::Built {
                artifacts: collected.artifacts,
                warnings: collected.warnings,
            };
        }
        Ended::Exited(_) | Ended::TimedOut => {}
    }
    let text = anstream::adapter::strip_str(&finished.stderr.text()).to_string();
    let rendered: String = collected
        .errors
        .iter()
        .map(|error| error.rendered.as_str())
        .collect();
    // rustc's output has colours, which don't belong in a quote.
    let rendered = anstream::adapter::strip_str(&rendered);
    let everything = format!("{text}\n{rendered}");
    let at_work = collected.at_work();
    if let Some(finding) = runaway(
        finished.ended,
        limit,
        at_work.as_deref(),
        &finished.stderr.text(),
    ) {
        return Outcome::Failed {
            finding: Box::new(finding),
            blame: BuildFailureCause::Runaway,
            output: everything,
        };
    }
    if let Some(finding) = of_the_machine(finished.ended, &everything) {
        let excerpts = collected
            .errors
            .iter()
            .map(|error| excerpt(&error.rendered));
        return Outcome::Failed {
            finding: Box::new(finding),
            blame: BuildFailureCause::Machine,
            output: std::iter::once(text + "\n").chain(excerpts).collect(),
        };
    }
    let context = OutputContext::new().speaker("cargo");
    if let Some(finding) = anatomy::explain_output(&everything, &context)
        .into_iter()
        .next()
    {
        return Outcome::Failed {
            blame: if OF_THE_MACHINE
                .iter()
                .any(|rule| *rule.code() == finding.code)
            {
                BuildFailureCause::Machine
            } else {
                BuildFailureCause::Code
            },
            finding: Box::new(finding),
            output: everything,
        };
    }
    if !collected.errors.is_empty() {
        return Outcome::CompileFailed(collected.errors);
    }
    let is_offline = OFFLINE.iter().any(|mark| text.contains(mark));
    Outcome::Failed {
        finding: Box::new(if is_offline {
            cargo_failed::offline(&text)
        } else {
            cargo_failed::finding(&text)
        }),
        blame: if is_offline {
            BuildFailureCause::Machine
        } else {
            BuildFailureCause::Code
        },
        output: text,
    }
}

/// The finding for a build that timed out or exceeded a limit.
fn runaway(ended: Ended, limit: Duration, at_work: Option<&str>, text: &str) -> Option<Diagnostic> {
    if ended == Ended::TimedOut {
        return Some(cargo_failed::timed_out(limit, at_work));
    }
    match limit_in(text)? {
        End::Exceeded { what, used, most } => {
            Some(cargo_failed::took_too_much(&what, used, most, at_work))
        }
        _ => None,
    }
}

/// The finding for a build that was stopped by something other than its code.
fn of_the_machine(ended: Ended, text: &str) -> Option<Diagnostic> {
    if let Some(finding) = rules::no_space::in_output("cargo", text) {
        return Some(finding);
    }
    match ended {
        Ended::Exited(Exit::Signal(signal)) if FROM_OUTSIDE.contains(&signal) => {
            return Some(cargo_failed::killed(&format!(
                "signal {signal} killed cargo"
            )));
        }
        _ => {}
    }
    text.lines()
        .find(|line| KILLED.iter().any(|mark| line.contains(mark)))
        .map(|line| cargo_failed::killed(line.trim().trim_start_matches("= note: ")))
}
