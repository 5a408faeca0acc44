//! The rules for releases: do the wheels agree, and do they cover what the metadata promises?

mod metadata_differs;
mod promise_unserved;

pub(crate) use metadata_differs::RULE as METADATA_DIFFERS;
pub(crate) use promise_unserved::RULE as PROMISE_UNSERVED;

use diagnostic::Diagnostic;

use super::{ReleaseFacts, ReleasedWheel};

pub(super) fn judge(facts: &ReleaseFacts, wheels: &[ReleasedWheel<'_>]) -> Vec<Diagnostic> {
    metadata_differs::check(wheels)
        .into_iter()
        .chain(promise_unserved::check(facts))
        .collect()
}
