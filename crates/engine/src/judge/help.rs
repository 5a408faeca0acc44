//! What to do about a failing test, if the failure and the sources together leave only one cause.
//!
//! Each file below recognises one mistake. It looks at the failure's message, at the test's own lines in pytest's
//! report, and at the Rust sources, and gives no help unless all of them fit.

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

const MATCHERS: &[FailureMatcher] = &[
    arguments::optional,
    arrays::mismatch,
    bytes::of_a_vector,
    copies::changed_without_effect,
    event_loop::not_running,
    interpreter::not_started,
    nan::compared,
    pickling::without_module,
    pickling::without_reduce,
    printing::bypassing_python,
];

/// The help for a failure, if its cause is known.
pub(super) fn of(test: &FailedTest, context: Context<'_>) -> Option<String> {
    MATCHERS.iter().find_map(|matcher| matcher(test, context))
}

/// The text between two markers.
fn between<'text>(text: &'text str, before: &str, after: &str) -> Option<&'text str> {
    let (_, rest) = text.split_once(before)?;
    let (found, _) = rest.split_once(after)?;
    (!found.is_empty()).then_some(found)
}

/// The lines of the test itself in pytest's report. Lines with the result begin with `E` and are left out.
fn lines_of(test: &FailedTest) -> impl Iterator<Item = &str> {
    test.text
        .lines()
        .take_while(|line| !line.starts_with("--- "))
        .filter(|line| !line.starts_with('E'))
}

#[cfg(test)]
mod tests;
