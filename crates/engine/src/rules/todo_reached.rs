//! A `todo!()` that a test reached.

use anatomy::shared::UNFINISHED as RULE;
use diagnostic::{Diagnostic, Evidence, SourceLocation};

/// What the help adds in a course.
const HINTS: &str = "; `wr hint` helps if you get stuck";

/// Removes what the help adds in a course, if the finding is one of these.
pub(crate) fn without_hints(finding: &mut Diagnostic) {
    if let Some(hint) = &mut finding.hint
        && let Some(rest) = hint.strip_suffix(HINTS)
    {
        *hint = rest.to_owned();
    }
}

pub(crate) fn finding(place: Option<SourceLocation>, test: &str) -> Diagnostic {
    let (message, hint) = match &place {
        Some(place) => (
            format!("there is work left at {place}"),
            format!("replace the marker at {place} with your code{HINTS}"),
        ),
        None => (
            "there is work left: a `todo!()` was reached".to_owned(),
            format!("look for `todo!()` in the source{HINTS}"),
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
