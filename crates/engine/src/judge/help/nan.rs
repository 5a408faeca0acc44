//! A `NaN` that passes a check, because every comparison with it is false.

use super::super::suite::Context;
use crate::test::{FailedTest, Failure};

pub(super) fn compared(test: &FailedTest, _: Context<'_>) -> Option<String> {
    let Failure::NothingRaised { values, .. } = &test.failure else {
        return None;
    };
    let (name, _) = values.iter().find(|(_, value)| value == "nan")?;
    Some(format!(
        "`{name}` is NaN, and every comparison with NaN is false, so `x < 0.0` lets it pass: check `x.is_nan()` too, or turn the check around, as in `if !(x >= 0.0)`"
    ))
}
