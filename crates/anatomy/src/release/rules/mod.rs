//! The rules for releases: do the wheels agree, and do they cover what the metadata promises?

mod metadata_differs;
mod promise_unmet;

pub(crate) use metadata_differs::RULE as METADATA_DIFFERS;
pub(crate) use promise_unmet::RULE as PROMISE_UNMET;

use diagnostic::Diagnostic;

use super::{ReleaseFacts, ReleasedWheel};

pub(super) fn judge(facts: &ReleaseFacts, wheels: &[ReleasedWheel<'_>]) -> Vec<Diagnostic> {
    metadata_differs::check(wheels)
        .into_iter()
        .chain(promise_unmet::check(facts))
        .collect()
}
