//! Rust output that a test expects in `sys.stdout`: `println!` bypasses it and writes to the file descriptor.

use super::super::suite::Context;
use super::lines_of;
use crate::test::{FailedTest, Failure};

pub(super) fn bypassing_python(test: &FailedTest, context: Context<'_>) -> Option<String> {
    let Failure::Assertion { text, .. } = &test.failure else {
        return None;
    };
    let compared = text.lines().next()?.split_once("assert ")?.1;
    let (left, right) = compared.split_once(" == ")?;
    let is_empty = |side: &str| ["''", "\"\""].contains(&side.trim());
    // One side is the expected text, and the other is empty.
    if is_empty(left) == is_empty(right) {
        return None;
    }
    let lines = || lines_of(test);
    let python = ["capsys", "redirect_stdout", "redirect_stderr", "StringIO"]
        .into_iter()
        .find(|word| lines().any(|line| line.contains(word)))?;
    let printer = ["println!", "print!", "eprintln!", "eprint!"]
        .into_iter()
        .find(|word| context.project.mentions(word))?;
    let other = if python == "capsys" {
        "use pytest's `capfd`, which captures the file descriptors, instead of `capsys`"
    } else {
        "use pytest's `capfd`, which captures the file descriptors"
    };
    Some(format!(
        "`{printer}` writes directly to the process's output and bypasses Python's `sys.stdout`: {other}; or print through Python, with `py.import(\"builtins\")?.call_method1(\"print\", (word,))?`"
    ))
}
