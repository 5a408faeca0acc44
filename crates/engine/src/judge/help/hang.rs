//! Why a run timed out, judged by what it was doing when its time was up: whether it computed or waited, in which
//! Rust function, and what that function's source says.

use anatomy::project::Function;
use diagnostic::{Evidence, SourceLocation};

use super::super::suite::Context;
use crate::rules;
use crate::test::{ActiveFrame, Load, Suite};

/// A run that uses at least this share of one processor is computing.
const COMPUTES: f64 = 0.5;

/// A run that uses less than this share is waiting.
const WAITS: f64 = 0.1;

/// The cause, as far as it is known.
pub(in crate::judge) struct Hang {
    /// What to do.
    pub(in crate::judge) hint: String,
    /// The place in Rust.
    pub(in crate::judge) evidence: Option<Evidence>,
}

/// A Rust function that a line of Python calls.
struct Called<'c> {
    from: &'c ActiveFrame,
    file: &'c str,
    function: Function,
}

/// The cause of a run that timed out.
pub(in crate::judge) fn of(suite: &Suite, context: Context<'_>) -> Option<Hang> {
    let load = suite.load?;
    let called: Vec<Called<'_>> = suite
        .active_frame
        .iter()
        .flat_map(|from| called_from(from, context))
        .collect();
    if load.all >= COMPUTES {
        Some(computing(load, &called, context))
    } else if load.all < WAITS {
        let unknown = || Hang {
            hint: rules::timed_out::help_for_waiting(&suite.trace),
            evidence: None,
        };
        Some(waiting(suite, &called, context).unwrap_or_else(unknown))
    } else {
        None
    }
}

fn computing(load: Load, called: &[Called<'_>], context: Context<'_>) -> Hang {
    let detach = if context.project.has_pyo3(26) {
        "detach"
    } else {
        "allow_threads"
    };
    // A loop in Python may be the endless one, whatever it calls.
    if called.iter().any(|one| loops_in_python(one.from)) {
        return Hang {
            hint: "it's computing, not waiting: look at the `while` loop around that line, and at what it calls"
                .to_owned(),
            evidence: None,
        };
    }
    // If the main thread is waiting, another one is computing; it may be in any of the called functions.
    let is_only = load.main >= COMPUTES || called.len() == 1;
    let one = called.iter().find(|one| !one.function.loops.is_empty());
    let one = one
        .or(called.first())
        .filter(|_| is_only || called.len() == 1);
    let Some(one) = one else {
        return Hang {
            hint: "it's computing, not waiting: look for an endless loop in what that line calls"
                .to_owned(),
            evidence: None,
        };
    };
    let name = &one.function.name;
    let line = one.function.loops.first().copied();
    let at = SourceLocation::line(one.file, line.unwrap_or(one.function.line));
    let is_detached = is_detached(&one.function);
    let checks_signals = one.function.mentions("check_signals");
    let waits_for_signal = [
        "SIGINT",
        "raise_signal",
        "interrupt_main",
        "KeyboardInterrupt",
    ]
    .iter()
    .any(|word| one.from.before.contains(word));
    let (activity, hint) = if waits_for_signal && !checks_signals {
        let token = if is_detached {
            format!(
                "`Python::{}(|py| py.check_signals())?`",
                if context.project.has_pyo3(26) {
                    "attach"
                } else {
                    "with_gil"
                }
            )
        } else {
            "`py.check_signals()?`".to_owned()
        };
        (
            "computes and never checks for signals",
            format!(
                "Python only records a signal such as Ctrl-C and handles it when asked: call {token} in the loop at {at} every so often, and have `{name}` return a `PyResult`"
            ),
        )
    } else if is_detached {
        (
            "computes, detached from the interpreter",
            format!(
                "`{name}` is computing, not waiting: look at the condition that should end the loop at {at}"
            ),
        )
    } else {
        (
            "computes while it is attached to the interpreter",
            format!(
                "{} computes while attached, so no other Python thread gets a turn: wrap the work in `py.{detach}(|| …)`; if no other thread has to run, the loop at {at} is endless",
                one.from.place
            ),
        )
    };
    Hang {
        hint,
        evidence: Some(Evidence::at_text(at, format!("`{name}` {activity}"))),
    }
}

fn waiting(suite: &Suite, called: &[Called<'_>], context: Context<'_>) -> Option<Hang> {
    let detach = if context.project.has_pyo3(26) {
        "detach"
    } else {
        "allow_threads"
    };
    let dependencies = &context.project.dependencies;
    let test = suite
        .active_frame
        .iter()
        .map(|one| one.before.as_str())
        .collect::<String>();
    let forks = (suite.trace.contains("multiprocessing/") || suite.trace.contains("os.fork"))
        && (test.contains("\"fork\"") || test.contains("'fork'") || test.contains("os.fork("));
    let threads = ["rayon", "tokio", "pyo3-async-runtimes"]
        .into_iter()
        .find(|name| dependencies.on(name).is_some());
    if let Some(threads) = threads.filter(|_| forks) {
        return Some(Hang {
            hint: format!(
                "a forked process has none of its parent's threads, so work that it gives to the thread pool of `{threads}` never finishes: start processes with `multiprocessing.get_context(\"spawn\")` (or \"forkserver\"), or use `{threads}` only in the children"
            ),
            evidence: dependencies.on(threads).map(|one| one.place().clone()),
        });
    }
    let others = suite.trace.matches("<no Python frame>").count();
    let one = called
        .iter()
        .find(|one| !is_detached(&one.function) && waits(&one.function))?;
    let starts_threads = ["spawn", "scope", "par_iter", "into_par_iter"]
        .iter()
        .any(|word| one.function.mentions(word));
    let blocks_loop = one.function.mentions("block_on");
    if !(starts_threads || blocks_loop || others > 0) {
        return None;
    }
    let name = &one.function.name;
    let at = SourceLocation::line(one.file, one.function.line);
    if one.function.mentions("block_on") && context.project.mentions("into_future(") {
        return Some(Hang {
            hint: format!(
                "`{name}` blocks the event loop's thread, and waits for coroutines that only this event loop can run: return the work as an awaitable with `future_into_py` instead of waiting in `block_on`"
            ),
            evidence: Some(Evidence::at_text(
                at,
                format!("`{name}` waits in `block_on`"),
            )),
        });
    }
    let logs = dependencies.on("pyo3-log").is_some()
        && ["info", "warn", "debug", "error", "trace"]
            .iter()
            .any(|word| one.function.mentions(word) && one.function.mentions("log"));
    let why = if logs {
        "each message that `pyo3-log` passes to Python needs the interpreter"
    } else {
        "they need the interpreter to continue"
    };
    Some(Hang {
        hint: format!(
            "`{name}` waits for other threads while it is attached, and {why}: wrap the work in `py.{detach}(|| …)`, with `py: Python<'_>` as a parameter"
        ),
        evidence: Some(Evidence::at_text(
            at,
            format!("`{name}` waits for other threads while it is attached to the interpreter"),
        )),
    })
}

fn loops_in_python(from: &ActiveFrame) -> bool {
    let mut lines = from.before.lines();
    lines.any(|line| line.trim_start().starts_with("while "))
}

fn is_detached(function: &Function) -> bool {
    function.mentions("detach") || function.mentions("allow_threads")
}

/// Whether a function waits for other threads.
fn waits(function: &Function) -> bool {
    const WAITING: [&str; 8] = [
        "join",
        "recv",
        "lock",
        "wait",
        "scope",
        "block_on",
        "par_iter",
        "into_par_iter",
    ];
    WAITING.iter().any(|word| function.mentions(word))
}

/// The functions of the crate that a line of Python calls.
fn called_from<'c>(from: &'c ActiveFrame, context: Context<'c>) -> Vec<Called<'c>> {
    from.line
        .match_indices('(')
        .filter_map(|(at, _)| {
            let before = from.line.get(..at)?;
            let name = before
                .rsplit(|c: char| !(c.is_alphanumeric() || c == '_'))
                .next()
                .filter(|name| !name.is_empty())?;
            let (file, function) = context.project.function(name)?;
            Some(Called {
                from,
                file,
                function,
            })
        })
        .collect()
}
