//! Reminders that come at the right moment, also when the clocks change.

#[pyo3::pymodule]
mod dates_and_times {
    use jiff::civil::DateTime;
    use jiff::tz::TimeZone;
    use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};
    use pyo3::prelude::*;

    /// The moments of a reminder that comes daily, in UTC: `count` of them, beginning with `first`.
    ///
    /// All of them come at the time of day that `first` has in its own time zone. On a day that skips this time, the reminder
    /// comes later by as much as the clocks go forward, on that day only. A `datetime` without a time zone is a `TypeError`.
    #[pyfunction]
    fn daily(first: Zoned, count: i64) -> PyResult<Vec<Timestamp>> {
        let nth = |days: i64| Ok(first.checked_add(days.days())?.timestamp());
        (0..count).map(nth).collect()
    }

    /// How much time really passes between two moments, as a `timedelta`.
    ///
    /// Each may be in any time zone. A `datetime` without a time zone is a `TypeError`.
    #[pyfunction]
    fn elapsed(start: Timestamp, end: Timestamp) -> SignedDuration {
        end.duration_since(start)
    }

    /// The moment, in UTC, at which the clocks in this time zone show this local time.
    ///
    /// `local` is a `datetime` without a time zone, otherwise a `TypeError`. If the clocks skip this time or show it twice, there
    /// is no right answer: `ValueError`.
    #[pyfunction]
    fn moment(local: DateTime, zone: TimeZone) -> PyResult<Timestamp> {
        Ok(zone.to_timestamp(local)?)
    }
}
