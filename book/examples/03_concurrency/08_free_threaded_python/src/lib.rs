//! Feast days, from a module of Python that is imported once, when somebody wants to know.

#[pyo3::pymodule]
mod calendar_of_days {
    use std::sync::atomic::{AtomicU64, Ordering};

    use pyo3::prelude::*;
    use pyo3::sync::PyOnceLock;
    use pyo3::types::{PyList, PyType};

    /// Python's class `date`. The first thread that wants it looks it up; others wait, detached.
    static DATE: PyOnceLock<Py<PyType>> = PyOnceLock::new();

    /// How many dates have been asked for. With or without the lock, none is lost.
    static ASKED: AtomicU64 = AtomicU64::new(0);

    /// New Year's Day of a year.
    #[pyfunction]
    fn new_year(py: Python<'_>, year: i32) -> PyResult<Bound<'_, PyAny>> {
        ASKED.fetch_add(1, Ordering::Relaxed);
        DATE.import(py, "datetime", "date")?.call1((year, 1, 1))
    }

    /// The weekdays of some dates. Another thread may change the list, so we look at a copy.
    #[pyfunction]
    fn weekdays(dates: &Bound<'_, PyList>) -> PyResult<Vec<u32>> {
        let dates: Vec<Bound<'_, PyAny>> = dates.extract()?;
        dates
            .iter()
            .map(|date| date.call_method0("weekday")?.extract())
            .collect()
    }

    #[pyfunction]
    fn asked() -> u64 {
        ASKED.load(Ordering::Relaxed)
    }
}
