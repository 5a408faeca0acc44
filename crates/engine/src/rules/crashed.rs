//! The process that ran the tests died.
//!
//! Neither a test failed nor an exception was raised: the operating system ended the process, or the process aborted. In an
//! extension module that comes of memory misused through `unsafe` code, of a stack that grew without end, or of a panic where
//! Rust may not unwind.
//!
//! | signal | what it usually means here |
//! |---|---|
//! | `SIGSEGV` (11) | memory was read or written that is not ours, or the stack overflowed |
//! | `SIGABRT` (6) | `abort`, a panic that could not unwind, a double panic, or an allocation that failed |
//! | `SIGBUS` (7) | a mapped file became shorter than its mapping |
//! | `SIGILL` (4) | an instruction that this processor does not have |
//! | `SIGKILL` (9) | ended from outside, most often for want of memory |
//!
//! # How to fix it
//!
//! Look at the test and the last Python line that were running, then at the `unsafe` code and the recursion they lead to.
//!
//! # Where it is specified
//!
//! signal(7); Python's `faulthandler` module.

use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

pub(crate) const RULE: Rule = Rule::new("WR0317", "crashed", include_str!("crashed.rs"));

pub(crate) fn finding(
    signal: i32,
    test: Option<&str>,
    place: Option<SourceLocation>,
    trace: &str,
) -> Diagnostic {
    let during = test.map_or_else(
        || "before the first test".to_owned(),
        |test| format!("in {test}"),
    );
    let mut finding = RULE.finding(format!(
        "the process died {during}: {}",
        describe_signal(signal)
    ));
    if let Some(place) = place {
        finding = finding.because(Evidence::at_text(place, "the last Python line"));
    }
    if !trace.trim().is_empty() {
        finding = finding.because(Evidence::output("faulthandler", trace.trim()));
    }
    finding.hint(match signal {
        9 => "something outside ended it, most often the system for want of memory",
        6 => "look for a panic that may not unwind, a double panic, or `abort` in what the test calls",
        _ => "look at the `unsafe` code and the recursion that the test leads to",
    })
}

/// A signal's name and meaning.
pub(crate) fn describe_signal(signal: i32) -> String {
    let meaning = match signal {
        4 => "SIGILL, an instruction that this processor does not have",
        5 => "SIGTRAP, a trap",
        6 => "SIGABRT, it aborted",
        7 => "SIGBUS, memory that is no longer backed by its file",
        8 => "SIGFPE, an arithmetic fault",
        9 => "SIGKILL, it was ended from outside",
        11 => "SIGSEGV, it used memory that is not its own or overflowed its stack",
        15 => "SIGTERM, it was asked to end",
        31 => "SIGSYS, a system call that is not allowed",
        other => return format!("signal {other}"),
    };
    meaning.to_owned()
}
