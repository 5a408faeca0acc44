//! The process ended on a signal.
//!
//! Memory was used wrongly, the stack overflowed, or the process ended itself. Python cannot catch it; with
//! `faulthandler` (which pytest switches on) it says where it was:
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
//! - `unsafe` code that reads past an array or uses a pointer to what was freed.
//! - A function that calls itself without end: `thread 'main' has overflowed its stack`.
//! - A library that was overwritten in place by a new build while it was loaded.
//! - A panic that may not go on, which ends the process with `SIGABRT`: in an `extern "C"` function, in a `drop` while another
//!   panic is on its way, or anywhere with `panic = "abort"` in the profile.
//!
//! ## What to do
//!
//! Where the finding names a panic, return an error in its place. Else look at the function that the last line of Python
//! calls. Without `unsafe` in your own code, suspect endless recursion. A debugger shows the place in Rust: `gdb --args python -m pytest`, or
//! `rust-lldb`.
//!
//! ## Where it is specified
//!
//! Python's manual under [faulthandler](https://docs.python.org/3/library/faulthandler.html), the cargo book under
//! [panic](https://doc.rust-lang.org/cargo/reference/profiles.html#panic).

use diagnostic::{Diagnostic, Evidence, Rule};

use diagnostic::SourceLocation;

use crate::output::OutputContext;
use crate::output::text::{Output, between};

/// The rule, for whoever knows the same from other evidence than a text.
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
    Some(finding.hint("look at the Rust function that the last Python line calls: at its `unsafe` code and its recursion"))
}

/// The Python line that was running: `faulthandler` tells the most recent call first.
fn last_frame(output: &Output<'_>) -> Option<SourceLocation> {
    let line = output
        .lines()
        .skip_while(|line| !line.contains("(most recent call first):"))
        .nth(1)?;
    let file = between(line, "File \"", "\"")?;
    let number = between(line, "line ", " ")?.parse().ok()?;
    Some(SourceLocation::line(file, number))
}
