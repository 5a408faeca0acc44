//! When does the plane land?

#[pyo3::pymodule]
mod flights {
    use chrono::{DateTime, FixedOffset, TimeDelta};
    use jiff::tz::TimeZone;
    use jiff::{Timestamp, ToSpan, Zoned};
    use pyo3::prelude::*;

    // ANCHOR: first
    /// When a plane lands that takes off at this moment.
    #[pyfunction]
    fn landing_first(takeoff: DateTime<FixedOffset>, minutes: i64) -> DateTime<FixedOffset> {
        takeoff + TimeDelta::minutes(minutes)
    }
    // ANCHOR_END: first

    // ANCHOR: landing
    /// When the plane lands, as the clocks at its destination show it.
    #[pyfunction]
    fn landing(takeoff: Zoned, minutes: i64, destination: TimeZone) -> PyResult<Zoned> {
        let landing = takeoff.checked_add(minutes.minutes())?;
        Ok(landing.with_time_zone(destination))
    }
    // ANCHOR_END: landing

    // ANCHOR: moment
    /// The moment at which the plane lands.
    #[pyfunction]
    fn landing_moment(takeoff: Timestamp, minutes: i64) -> PyResult<Timestamp> {
        Ok(takeoff.checked_add(minutes.minutes())?)
    }
    // ANCHOR_END: moment

    // ANCHOR: local
    /// The same, in a time zone of Python's.
    #[pyfunction]
    fn landing_local<'py>(
        takeoff: Timestamp,
        minutes: i64,
        destination: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let landing = takeoff.checked_add(minutes.minutes())?;
        let landing = landing.into_pyobject(destination.py())?;
        landing.call_method1("astimezone", (destination,))
    }
    // ANCHOR_END: local
}
