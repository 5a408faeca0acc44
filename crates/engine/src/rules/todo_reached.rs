//! There is work left: a `todo!()` was reached.
//!
//! `todo!()` and `unimplemented!()` stand for code that is not written yet. They compile, and panic when they are
//! reached. In Python the panic arrives as `pyo3_runtime.PanicException: not yet implemented`. In Python code
//! `raise NotImplementedError` plays the same part.
//!
//! # How to fix it
//!
//! Open the named line and replace the marker by the code that the exercise asks for. `wr hint` helps when you are stuck.
//!
//! # Where it is specified
//!
//! The standard library's documentation of [`todo!`](https://doc.rust-lang.org/std/macro.todo.html).

use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation};

pub(crate) const RULE: Rule = Rule::new("WR0310", "todo-reached", include_str!("todo_reached.rs"));

pub(crate) fn finding(place: Option<SourceLocation>, test: &str) -> Diagnostic {
    let (message, hint) = match &place {
        Some(place) => (
            format!("there is work left at {place}"),
            format!(
                "replace the marker at {place} by your code; `wr hint` helps when you are stuck"
            ),
        ),
        None => (
            "there is work left: a `todo!()` was reached".to_owned(),
            "look for `todo!()` in the source; `wr hint` helps when you are stuck".to_owned(),
        ),
    };
    let mut finding = RULE.finding(message);
    if let Some(place) = place {
        finding = finding.because(Evidence::at(place));
    }
    finding
        .because(Evidence::output("test", format!("reached by {test}")))
        .hint(hint)
}
