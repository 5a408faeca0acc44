//! A switchboard: subscribers leave a callable here, and it is called whenever an event is published.

#[pyo3::pymodule]
mod interpreter {
    use std::sync::Mutex;

    use pyo3::prelude::*;

    // TODO: the subscribers' callables. This list lives as long as the process.
    static SUBSCRIBERS: Mutex<Vec<()>> = Mutex::new(Vec::new());

    /// From now on, `callback` is called with each event.
    #[pyfunction]
    fn subscribe(callback: Bound<'_, PyAny>) {
        todo!("remember {callback}")
    }

    /// The callables of all subscribers: the same objects, in the order in which they subscribed.
    #[pyfunction]
    fn subscribers() -> Vec<Py<PyAny>> {
        todo!("return them, and keep them")
    }

    /// Calls each subscriber with `event` and returns their answers, in order.
    ///
    /// If one of them raises an exception, the rest are not called, and the exception goes to the caller. A subscriber
    /// that is added meanwhile is called from the next event on.
    #[pyfunction]
    fn publish<'py>(event: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        todo!("call them all with {event}")
    }

    /// Removes all subscribers. This function is complete.
    #[pyfunction]
    fn clear() {
        let forgotten = std::mem::take(&mut *SUBSCRIBERS.lock().unwrap());
        // The lock is free again. Dropping an object may run Python code, and that code may come back here.
        drop(forgotten);
    }
}
