//! A switchboard: those who want to know of an event leave a callable here, and are called when it happens.

#[pyo3::pymodule]
mod interpreter {
    use std::sync::Mutex;

    use pyo3::prelude::*;

    // The callables of those who have subscribed. This list lives as long as the process does.
    static SUBSCRIBERS: Mutex<Vec<Py<PyAny>>> = Mutex::new(Vec::new());

    /// From now on `callback` is called with each event.
    #[pyfunction]
    fn subscribe(callback: Bound<'_, PyAny>) {
        SUBSCRIBERS.lock().unwrap().push(callback.unbind());
    }

    /// The callables of all who have subscribed: the same objects, in the order in which they came.
    #[pyfunction]
    fn subscribers(py: Python<'_>) -> Vec<Py<PyAny>> {
        let subscribers = SUBSCRIBERS.lock().unwrap();
        subscribers
            .iter()
            .map(|callback| callback.clone_ref(py))
            .collect()
    }

    /// Calls each subscriber with `event`, and returns what they answered, in order.
    ///
    /// When one of them raises an exception, the others are not called, and the exception goes to the caller. Whoever
    /// subscribes meanwhile is called from the next event on.
    #[pyfunction]
    fn publish<'py>(event: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let py = event.py();
        let subscribers = std::mem::take(&mut *SUBSCRIBERS.lock().unwrap());
        subscribers
            .iter()
            .map(|callback| callback.bind(py).call1((event,)))
            .collect()
    }

    /// Forgets everybody. This function is complete.
    #[pyfunction]
    fn clear() {
        let forgotten = std::mem::take(&mut *SUBSCRIBERS.lock().unwrap());
        // The lock is free again. An object that goes away now may run Python code, and that may come back here.
        drop(forgotten);
    }
}
