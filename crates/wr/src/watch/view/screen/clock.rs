//! The time of day, where the learner is.

use std::time::SystemTime;

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A time as on a clock on the wall, such as 14:05:10.
pub(super) fn time(at: SystemTime) -> String {
    // A time that a calendar doesn't reach can only come from a broken clock.
    Timestamp::try_from(at)
        .map(|at| at.to_zoned_datetime(TimeZone::system()))
        .map_or_else(|_| String::new(), |at| at.strftime("%H:%M:%S").to_string())
}
