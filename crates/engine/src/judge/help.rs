//! What to do about a failing test, where the failure and the sources together leave one cause alone.
//!
//! Each file below knows one mistake. It looks at the words of the failure, at the test's own lines in the account of pytest, and at
//! what is written in Rust, and says nothing unless all of them fit.

mod arguments;
mod arrays;
mod bytes;
mod copies;
mod event_loop;
mod hang;
mod interpreter;
mod nan;
mod pickling;
mod printing;

pub(super) use hang::{Hang, of as of_a_hang};

use super::suite::Context;
use crate::test::FailedTest;

/// One mistake.
type FailureMatcher = fn(&FailedTest, Context<'_>) -> Option<String>;

const READINGS: &[FailureMatcher] = &[
    arguments::optional,
    arrays::mismatch,
    bytes::of_a_vector,
    copies::changed_in_vain,
    event_loop::none_runs,
    interpreter::not_started,
    nan::compared,
    pickling::by_name,
    pickling::without_a_way,
    printing::past_python,
];

/// The help for a failure, where its cause is known.
pub(super) fn of(test: &FailedTest, context: Context<'_>) -> Option<String> {
    READINGS.iter().find_map(|reading| reading(test, context))
}

/// The text between two marks.
fn between<'text>(text: &'text str, before: &str, after: &str) -> Option<&'text str> {
    let (_, rest) = text.split_once(before)?;
    let (found, _) = rest.split_once(after)?;
    (!found.is_empty()).then_some(found)
}

/// The lines of the test itself in pytest's account: those that say what came of it begin with `E`.
fn lines_of(test: &FailedTest) -> impl Iterator<Item = &str> {
    test.text
        .lines()
        .take_while(|line| !line.starts_with("--- "))
        .filter(|line| !line.starts_with('E'))
}

#[cfg(test)]
mod tests;
