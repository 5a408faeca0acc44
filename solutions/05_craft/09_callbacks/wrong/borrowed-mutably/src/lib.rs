//! Values that others can watch.

#[pyo3::pymodule]
mod callbacks {
    use std::collections::BTreeMap;

    use pyo3::exceptions::PyKeyError;
    use pyo3::prelude::*;

    /// Numbers by name, and functions that are called when one of them changes.
    #[pyclass]
    struct Store {
        values: BTreeMap<String, i64>,
        /// By their numbers. A later subscriber has a higher number.
        subscribers: BTreeMap<u64, Py<PyAny>>,
        next: u64,
    }

    #[pymethods]
    impl Store {
        #[new]
        fn new() -> Self {
            Store {
                values: BTreeMap::new(),
                subscribers: BTreeMap::new(),
                next: 0,
            }
        }

        /// This method is complete.
        fn get(&self, name: &str) -> PyResult<i64> {
            let value = self.values.get(name).copied();
            value.ok_or_else(|| PyKeyError::new_err(name.to_owned()))
        }

        /// From now on, `callback(name, value)` is called at every change. Returns the subscriber's number. This method is
        /// complete.
        fn subscribe(&mut self, callback: Py<PyAny>) -> u64 {
            let number = self.next;
            self.next += 1;
            self.subscribers.insert(number, callback);
            number
        }

        /// Ends a subscription. This method is complete.
        fn unsubscribe(slf: &Bound<'_, Self>, number: u64) {
            let callback = slf.borrow_mut().subscribers.remove(&number);
            // Only now, when nothing is borrowed: the callback's destructor may use the store.
            drop(callback);
        }

        /// Sets a value. If that changes it, calls the subscribers, in the order in which they subscribed.
        ///
        /// Subscribers may use the store in any way. Someone who subscribes during a change is called from the next change
        /// on; someone who has unsubscribed isn't called any more. An exception doesn't keep the others from being called:
        /// the first one is raised in the end.
        fn set(&mut self, py: Python<'_>, name: String, value: i64) -> PyResult<()> {
            if self.values.insert(name.clone(), value) == Some(value) {
                return Ok(());
            }
            let mut result = Ok(());
            for callback in self.subscribers.values() {
                result = result.and(callback.call1(py, (&name, value)).map(drop));
            }
            result
        }
    }
}
