//! What the end of a build means: it succeeded, the compiler refused the code, or something else stopped it.

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

/// Causes that lie in the machine and not in the code.
const OF_THE_MACHINE: [&Rule; 1] = [&anatomy::shared::LINKER_MISSING];

/// How cargo, rustc and the compiler that links say that a program was ended from outside. What ends by its own fault gets
/// another signal.
const KILLED: [&str; 4] = [
    "(signal: 1, SIGHUP",
    "(signal: 9, SIGKILL",
    "(signal: 15, SIGTERM",
    "terminated with signal 9",
];

/// `SIGHUP`, `SIGKILL` and `SIGTERM`.
const FROM_OUTSIDE: [i32; 3] = [1, 9, 15];

/// What cargo says for want of a network.
const OFFLINE: [&str; 7] = [
    "failed to download",
    "Could not resolve host",
    "Couldn't resolve host",
    "spurious network error",
    "failed to fetch",
    "offline mode",
    "--offline",
];

/// The cause of a failed build of which only what was printed is known, as when maturin called cargo.
pub(crate) fn explain_failure(said: &str) -> Diagnostic {
    let said = anstream::adapter::strip_str(said).to_string();
    let context = OutputContext::new().speaker("maturin");
    anatomy::explain_output(&said, &context)
        .into_iter()
        .next()
        .unwrap_or_else(|| cargo_failed::finding(&said))
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
    let said = anstream::adapter::strip_str(&finished.stderr.text()).to_string();
    let rendered: String = collected
        .errors
        .iter()
        .map(|error| error.rendered.as_str())
        .collect();
    // rustc renders with colours, which are nothing to quote from.
    let rendered = anstream::adapter::strip_str(&rendered);
    let everything = format!("{said}\n{rendered}");
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
            output: std::iter::once(said + "\n").chain(excerpts).collect(),
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
    let is_offline = OFFLINE.iter().any(|mark| said.contains(mark));
    Outcome::Failed {
        finding: Box::new(if is_offline {
            cargo_failed::offline(&said)
        } else {
            cargo_failed::finding(&said)
        }),
        blame: if is_offline {
            BuildFailureCause::Machine
        } else {
            BuildFailureCause::Code
        },
        output: said,
    }
}

/// What a build did that never ends, or that took too much.
fn runaway(ended: Ended, limit: Duration, at_work: Option<&str>, said: &str) -> Option<Diagnostic> {
    if ended == Ended::TimedOut {
        return Some(cargo_failed::timed_out(limit, at_work));
    }
    match limit_in(said)? {
        End::Exceeded { what, used, most } => {
            Some(cargo_failed::took_too_much(&what, used, most, at_work))
        }
        _ => None,
    }
}

/// What ended a build without a word on the code.
fn of_the_machine(ended: Ended, said: &str) -> Option<Diagnostic> {
    if let Some(finding) = rules::no_space::in_output("cargo", said) {
        return Some(finding);
    }
    match ended {
        Ended::Exited(Exit::Signal(signal)) if FROM_OUTSIDE.contains(&signal) => {
            return Some(cargo_failed::killed(&format!(
                "signal {signal} ended cargo"
            )));
        }
        _ => {}
    }
    said.lines()
        .find(|line| KILLED.iter().any(|mark| line.contains(mark)))
        .map(|line| cargo_failed::killed(line.trim().trim_start_matches("= note: ")))
}
