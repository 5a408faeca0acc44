//! Reminders that come at the right moment, also when the clocks change.

#[pyo3::pymodule]
mod dates_and_times {
    use pyo3::prelude::*;

    /// The moments of a reminder that comes daily, in UTC: `count` of them, beginning with `first`.
    ///
    /// All of them come at the time of day that `first` has in its own time zone. On a day that skips this time, the reminder
    /// comes later by as much as the clocks go forward, on that day only. A `datetime` without a time zone is a `TypeError`.
    // TODO: which types do the parameter and the result need?
    #[pyfunction]
    fn daily(first: &Bound<'_, PyAny>, count: i64) -> PyResult<()> {
        todo!("{count} reminders from {first} on")
    }

    /// How much time really passes between two moments, as a `timedelta`.
    ///
    /// Each may be in any time zone. A `datetime` without a time zone is a `TypeError`.
    // TODO
    #[pyfunction]
    fn elapsed(start: &Bound<'_, PyAny>, end: &Bound<'_, PyAny>) -> PyResult<()> {
        todo!("from {start} to {end}")
    }

    /// The moment, in UTC, at which the clocks in this time zone show this local time.
    ///
    /// `local` is a `datetime` without a time zone, otherwise a `TypeError`. If the clocks skip this time or show it twice, there
    /// is no right answer: `ValueError`.
    // TODO
    #[pyfunction]
    fn moment(local: &Bound<'_, PyAny>, zone: &Bound<'_, PyAny>) -> PyResult<()> {
        todo!("{local} in {zone}")
    }
}
