//! A `NaN` that a check lets pass: every comparison with it is false.

use super::super::suite::Context;
use crate::test::{FailedTest, Failure};

pub(super) fn compared(test: &FailedTest, _: Context<'_>) -> Option<String> {
    let Failure::NothingRaised { values, .. } = &test.failure else {
        return None;
    };
    let (name, _) = values.iter().find(|(_, value)| value == "nan")?;
    Some(format!(
        "`{name}` is NaN, of which every comparison is false, so that `x < 0.0` lets it pass: ask `x.is_nan()` too, or turn the check around, as in `if !(x >= 0.0)`"
    ))
}
