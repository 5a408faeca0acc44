//! That a `todo!()` was reached, seen in a test.

use anatomy::shared::UNFINISHED as RULE;
use diagnostic::{Diagnostic, Evidence, SourceLocation};

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
