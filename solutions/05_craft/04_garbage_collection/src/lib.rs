//! A hub for events: some publish them, others subscribe to them.

#[pyo3::pymodule]
mod garbage_collection {
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    use pyo3::PyTraverseError;
    use pyo3::gc::PyVisit;
    use pyo3::prelude::*;
    use pyo3::sync::MutexExt;

    #[derive(Default)]
    struct State {
        subscribers: BTreeMap<String, Vec<Py<PyAny>>>,
        fallback: Option<Py<PyAny>>,
    }

    /// A hub. The collector sees what it refers to, except while it is locked.
    #[pyclass(frozen, weakref)]
    struct Hub {
        state: Mutex<State>,
    }

    #[pymethods]
    impl Hub {
        #[new]
        fn new() -> Self {
            Hub {
                state: Mutex::default(),
            }
        }

        /// From now on, calls `callback(topic, event)` for each event of this topic.
        fn subscribe(&self, py: Python<'_>, topic: String, callback: Py<PyAny>) {
            let mut state = self.state.lock_py_attached(py).unwrap();
            state.subscribers.entry(topic).or_default().push(callback);
        }

        /// What to call for a topic without subscribers.
        #[setter]
        fn set_fallback(&self, py: Python<'_>, callback: Option<Py<PyAny>>) {
            let before = {
                let mut state = self.state.lock_py_attached(py).unwrap();
                std::mem::replace(&mut state.fallback, callback)
            };
            drop(before); // which may run Python, so the lock is free again
        }

        /// Tells the subscribers about an event, and returns how many there are.
        ///
        /// The hub is locked meanwhile, so that everyone gets all events in the same order. A subscriber may publish on
        /// another hub, but not on this one.
        fn publish(&self, topic: &str, event: &Bound<'_, PyAny>) -> PyResult<usize> {
            let py = event.py();
            let state = self.state.lock_py_attached(py).unwrap();
            let subscribers = match state.subscribers.get(topic) {
                Some(subscribers) => subscribers.as_slice(),
                None => state.fallback.as_slice(),
            };
            for callback in subscribers {
                callback.call1(py, (topic, event))?;
            }
            Ok(subscribers.len())
        }

        fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
            if let Ok(state) = self.state.try_lock() {
                for callback in state.subscribers.values().flatten() {
                    visit.call(callback)?;
                }
                visit.call(&state.fallback)?;
            }
            Ok(())
        }

        fn __clear__(&self) {
            *self.state.lock().unwrap() = State::default();
        }
    }
}
