//! Feast days, from a Python module that is imported once, on first use.

#[pyo3::pymodule]
mod calendar_of_days {
    use std::sync::atomic::{AtomicU64, Ordering};

    use pyo3::prelude::*;
    use pyo3::sync::PyOnceLock;
    use pyo3::types::{PyList, PyType};

    // ANCHOR: once
    /// Python's class `date`. The first thread that needs it looks it up; others wait, detached.
    static DATE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    // ANCHOR_END: once

    // ANCHOR: asked
    /// How many dates were asked for. No count is lost, with or without the lock.
    static ASKED: AtomicU64 = AtomicU64::new(0);
    // ANCHOR_END: asked

    // ANCHOR: new_year
    /// New Year's Day of a year.
    #[pyfunction]
    fn new_year(py: Python<'_>, year: i32) -> PyResult<Bound<'_, PyAny>> {
        ASKED.fetch_add(1, Ordering::Relaxed);
        DATE.import(py, "datetime", "date")?.call1((year, 1, 1))
    }
    // ANCHOR_END: new_year

    // ANCHOR: weekdays
    /// The weekdays of some dates. Another thread may change the list, so this uses a copy.
    #[pyfunction]
    fn weekdays(dates: &Bound<'_, PyList>) -> PyResult<Vec<u32>> {
        let dates: Vec<Bound<'_, PyAny>> = dates.extract()?;
        dates
            .iter()
            .map(|date| date.call_method0("weekday")?.extract())
            .collect()
    }
    // ANCHOR_END: weekdays

    #[pyfunction]
    fn asked() -> u64 {
        ASKED.load(Ordering::Relaxed)
    }
}
