//! A switchboard: subscribers leave a callable here, and it is called whenever an event is published.

#[pyo3::pymodule]
mod interpreter {
    use std::sync::Mutex;

    use pyo3::prelude::*;

    // The subscribers' callables. This list lives as long as the process.
    static SUBSCRIBERS: Mutex<Vec<Py<PyAny>>> = Mutex::new(Vec::new());

    /// From now on, `callback` is called with each event.
    #[pyfunction]
    fn subscribe(callback: Bound<'_, PyAny>) {
        SUBSCRIBERS.lock().unwrap().push(callback.unbind());
    }

    /// The callables of all subscribers: the same objects, in the order in which they subscribed.
    #[pyfunction]
    fn subscribers(py: Python<'_>) -> Vec<Py<PyAny>> {
        let subscribers = SUBSCRIBERS.lock().unwrap();
        subscribers
            .iter()
            .map(|callback| callback.clone_ref(py))
            .collect()
    }

    /// Calls each subscriber with `event` and returns their answers, in order.
    ///
    /// If one of them raises an exception, the rest are not called, and the exception goes to the caller. A subscriber
    /// that is added meanwhile is called from the next event on.
    #[pyfunction]
    fn publish<'py>(event: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let py = event.py();
        let answers = subscribers(py)
            .iter()
            .filter_map(|callback| callback.bind(py).call1((event,)).ok())
            .collect();
        Ok(answers)
    }

    /// Removes all subscribers. This function is complete.
    #[pyfunction]
    fn clear() {
        let forgotten = std::mem::take(&mut *SUBSCRIBERS.lock().unwrap());
        // The lock is free again. Dropping an object may run Python code, and that code may come back here.
        drop(forgotten);
    }
}
