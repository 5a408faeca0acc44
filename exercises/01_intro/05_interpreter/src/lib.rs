//! A switchboard: those who want to know of an event leave a callable here, and are called when it happens.

#[pyo3::pymodule]
mod interpreter {
    use std::sync::Mutex;

    use pyo3::prelude::*;

    // TODO: the callables of those who have subscribed. This list lives as long as the process does.
    static SUBSCRIBERS: Mutex<Vec<()>> = Mutex::new(Vec::new());

    /// From now on `callback` is called with each event.
    #[pyfunction]
    fn subscribe(callback: Bound<'_, PyAny>) {
        todo!("remember {callback}")
    }

    /// The callables of all who have subscribed: the same objects, in the order in which they came.
    #[pyfunction]
    fn subscribers() -> Vec<Py<PyAny>> {
        todo!("hand them out, and keep them")
    }

    /// Calls each subscriber with `event`, and returns what they answered, in order.
    ///
    /// When one of them raises an exception, the others are not called, and the exception goes to the caller. Whoever
    /// subscribes meanwhile is called from the next event on.
    #[pyfunction]
    fn publish<'py>(event: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        todo!("call them all with {event}")
    }

    /// Forgets everybody. This function is complete.
    #[pyfunction]
    fn clear() {
        let forgotten = std::mem::take(&mut *SUBSCRIBERS.lock().unwrap());
        // The lock is free again. An object that goes away now may run Python code, and that may come back here.
        drop(forgotten);
    }
}
