//! That Rust panicked, seen in a test.

use std::path::Path;

use anatomy::shared::PANIC as RULE;
use diagnostic::{Diagnostic, Evidence, SourceLocation};

pub(crate) fn finding(text: &str, place: Option<SourceLocation>, test: &str) -> Diagnostic {
    let first = text.lines().next().unwrap_or_default();
    let mut finding = RULE.finding(match &place {
        // Where Rust's own place leads into the standard library, the place is the test's.
        Some(place)
            if Path::new(&place.file)
                .extension()
                .is_some_and(|ending| ending == "py") =>
        {
            format!("the Rust code panicked, called at {place}: {first}")
        }
        Some(place) => format!("the Rust code panicked at {place}: {first}"),
        None => format!("the Rust code panicked: {first}"),
    });
    if let Some(place) = place {
        finding = finding.because(Evidence::at(place));
    }
    finding
        .because(Evidence::output("test", format!("seen by {test}")))
        .hint("return a `PyErr` where input can cause this; a panic is for what cannot happen")
}
