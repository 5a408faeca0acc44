//! A signal killed the process.
//!
//! The process accessed memory it shouldn't have, overflowed its stack, or aborted. Python can't catch that, but with
//! `faulthandler` (which pytest enables) it reports where it happened:
//!
//! ```text
//! Fatal Python error: Segmentation fault
//!
//! Current thread 0x00007f… (most recent call first):
//!   File "/…/test_fast.py", line 7 in test_double
//! ```
//!
//! ## Example
//!
//! - `unsafe` code that reads past the end of an array or uses a pointer to freed memory.
//! - Endless recursion: `thread 'main' has overflowed its stack`.
//! - A new build overwrote a library in place while it was loaded.
//! - A panic that can't unwind, which ends the process with `SIGABRT`: in an `extern "C"` function, in a `drop` during
//!   another panic, or anywhere with `panic = "abort"` in the profile.
//!
//! ## What to do
//!
//! If the finding names a panic, return an error instead. Otherwise look at the function that the last line of Python
//! calls. If your code has no `unsafe`, suspect endless recursion. A debugger shows the location in Rust:
//! `gdb --args python -m pytest`, or `rust-lldb`.
//!
//! ## Where it is specified
//!
//! Python's manual under [faulthandler](https://docs.python.org/3/library/faulthandler.html), the cargo book under
//! [panic](https://doc.rust-lang.org/cargo/reference/profiles.html#panic).

use diagnostic::{Diagnostic, Evidence, Rule};

use diagnostic::SourceLocation;

use crate::output::OutputContext;
use crate::output::text::{Output, between};

/// The rule itself, for callers that know the cause from evidence other than printed output.
pub static RULE: Rule = Rule::new("WR0308", "fatal-signal", include_str!("fatal_signal.rs"));

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let overflow = output.line_with(&["has overflowed its stack"]);
    let fatal = output.line_with(&["Fatal Python error: "]);
    let line = overflow.or(fatal)?;
    let what = match (
        overflow,
        fatal.and_then(|line| line.split_once("Fatal Python error: ")),
    ) {
        (Some(_), _) => "stack overflow, most likely endless recursion".to_owned(),
        (None, Some((_, what))) => what.trim().to_owned(),
        (None, None) => "a signal".to_owned(),
    };
    let finding = output.finding(&RULE, line, format!("the process ended: {what}"));
    let finding = match last_frame(output) {
        Some(place) => finding.because(Evidence::at(place)),
        None => finding,
    };
    Some(finding.hint("look at the Rust function that the last Python line calls, especially at `unsafe` code and \
                       recursion"))
}

/// The Python line that was running: `faulthandler` prints the most recent call first.
fn last_frame(output: &Output<'_>) -> Option<SourceLocation> {
    let line = output
        .lines()
        .skip_while(|line| !line.contains("(most recent call first):"))
        .nth(1)?;
    let file = between(line, "File \"", "\"")?;
    let number = between(line, "line ", " ")?.parse().ok()?;
    Some(SourceLocation::line(file, number))
}
